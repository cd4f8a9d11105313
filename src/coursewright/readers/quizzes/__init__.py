"""Reads quizzes: of every family that authors write, and of the banks that LMSs exchange."""
