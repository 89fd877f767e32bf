"""Integrations compared: which ones, with what, and what differs between them."""
