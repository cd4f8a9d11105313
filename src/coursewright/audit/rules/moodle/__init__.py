"""Moodle backups: whether all that they list is there, and is what they say, and whether all of it can be opened."""
