"""Fixtures that more than one file uses."""

from repositories import here, origin, publish

__all__ = ["here", "origin", "publish"]
