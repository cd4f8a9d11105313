"""What changes in the questions of quizzes from one package to another: their keys, what they ask, and their points."""
