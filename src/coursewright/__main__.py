"""`python -m coursewright`."""

from coursewright.cli import run

run()
