"""coursewright: compiles a Markdown curriculum into packages that an LMS imports."""

__version__ = "0.1.0"
