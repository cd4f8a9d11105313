"""Anybody's package, judged, shown and compared."""
