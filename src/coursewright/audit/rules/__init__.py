"""Rules over packages, by subject. Each declares what it can find; nothing else lists them."""
