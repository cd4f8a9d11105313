"""SCORM 1.2 and 2004: a SCO a unit."""
