"""A course and all that can be said of it without a format."""
