"""Quizzes in QTI: 1.2 as Canvas and Common Cartridge write it, and the items and tests of 2.1 and 3.0."""
