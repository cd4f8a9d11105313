"""Quizzes as documents of Markdown that people edit and nothing is lost in: written and read by the same grammar."""
