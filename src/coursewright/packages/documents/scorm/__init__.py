"""What a SCORM manifest says of the order of items: prerequisites of 1.2, sequencing of 2004."""
