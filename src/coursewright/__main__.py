"""`python -m coursewright`."""

from coursewright.cli import program

program()
