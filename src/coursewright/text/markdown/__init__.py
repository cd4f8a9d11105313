"""Markdown: cut into values, and turned into safe HTML."""
