"""QTI 1.2, the quizzes of cartridges: in the profile of Common Cartridge, and as Canvas writes and reads it."""
