"""Words and Markdown, knowing no course."""
