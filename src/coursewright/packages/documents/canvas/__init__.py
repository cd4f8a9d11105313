"""Documents of Canvas alone."""
