"""Forks and their parents: how far apart they are, and brought together again."""
