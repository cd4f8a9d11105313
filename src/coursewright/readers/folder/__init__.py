"""Reads any folder of Markdown: its units, their order, their pages, and the files that these refer to."""
