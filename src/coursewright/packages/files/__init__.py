"""Packages as files: opened without belief, bounded, written reproducibly."""
