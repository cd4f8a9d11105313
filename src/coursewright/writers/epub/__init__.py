"""A course as a book: EPUB 3.3, a chapter a unit."""
