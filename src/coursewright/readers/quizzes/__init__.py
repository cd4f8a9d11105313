"""Reads quizzes: of every family that authors write, and of the banks that LMSs exchange."""

from __future__ import annotations

from coursewright.readers.quizzes.documents import divided
from coursewright.readers.quizzes.files import read_quiz, read_quizzes

__all__ = ["divided", "read_quiz", "read_quizzes"]
