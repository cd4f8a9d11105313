"""The version of coursewright: what `--version`, reports and SARIF name."""

__version__ = "0.1.0"
