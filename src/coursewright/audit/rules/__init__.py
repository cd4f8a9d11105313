"""Rules over packages, by subject."""
