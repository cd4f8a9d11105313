"""A part of a course as HTML."""
