import { sidebarOf } from './sidebar'

export default {
  title: 'Bees',
  themeConfig: {
    sidebar: sidebarOf('.'),
  },
}
