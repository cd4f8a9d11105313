"""Courses read back from Common Cartridges, Canvas exports and packages of QTI."""
