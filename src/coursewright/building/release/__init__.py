"""Releases of courses: what each is known by, what changed since the last one, and the notes that say so."""
