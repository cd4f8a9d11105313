"""Rules over questions and quizzes: QTI 1.2 in its profiles, and QTI 2 and 3."""
