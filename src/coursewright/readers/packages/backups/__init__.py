"""Courses read back from Moodle backups, from 2.x to 5.x."""
