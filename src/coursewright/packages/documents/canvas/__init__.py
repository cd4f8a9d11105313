"""Canvas's own documents in a cartridge, a module for each kind: what they say as values, read and written alike."""
