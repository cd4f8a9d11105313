"""Rules over what speaks xAPI: cmi5 courses and Tin Can packages."""
