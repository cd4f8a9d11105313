"""The documents of a Moodle backup."""
