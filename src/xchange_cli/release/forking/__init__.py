"""Forks: an integration made from another one, and what says so."""
