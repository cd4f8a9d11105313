"""Quizzes in plain Markdown: options with letters or boxes, and a key beside them, folded, or at the end."""
