"""A Canvas course: a cartridge with Canvas's own files."""
