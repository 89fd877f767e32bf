"""Validate, version and run integration YAML files in a local repository."""

__version__ = "0.1.0"
