"""Integrations published: chosen, made ready, compared, put into the registry, committed and pushed."""
