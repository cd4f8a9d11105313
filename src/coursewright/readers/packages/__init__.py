"""Anybody's package, as the outline of a course."""
