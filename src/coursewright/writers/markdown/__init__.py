"""A course as a folder of Markdown that people edit, GitHub shows, and our reader reads back as the same course."""
