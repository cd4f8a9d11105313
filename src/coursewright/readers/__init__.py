"""Whatever authors keep, as values: a reader a folder."""
