"""A user's looks: the folder, what must hold in it, its colours."""
