// order
module.exports = {
  docs: [
    {type: 'category', label: 'Start', items: ['wax', 'bees']},
    {type: 'category', label: 'More', items: ['honey', 'hive'],},
  ],
};
