"""What is wrong, where, and how to mend it: findings as values, their catalogue, their reports."""
