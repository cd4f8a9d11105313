"""What changes from one package to another."""
