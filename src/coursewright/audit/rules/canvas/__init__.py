"""Rules over Canvas's own files in a cartridge, which Canvas alone reads."""
