"""Rules over SCORM packages: what their items launch, and what locks them, in either of the two lines of editions."""
