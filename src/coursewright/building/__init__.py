"""From settings to packages on disk."""
