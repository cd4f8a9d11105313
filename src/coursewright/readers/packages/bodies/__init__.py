"""What is behind the entries of a package, as a learner sees it: pages, assignments, quizzes without keys."""
