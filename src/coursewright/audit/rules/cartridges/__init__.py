"""Rules over cartridges, whoever writes them: their resources, links and texts."""
