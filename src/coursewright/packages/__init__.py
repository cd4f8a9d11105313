"""Packages as files and as documents, in both directions."""
