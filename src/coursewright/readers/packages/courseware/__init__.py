"""Courses that bring their own pages, read back: SCORM, cmi5, xAPI, and packages of pages with a menu."""
