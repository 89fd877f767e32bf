"""Integrations deleted, after a look at what depends on them."""
