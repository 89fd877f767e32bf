"""The table of changes: one module a subject, one row a kind."""
