"""What happens to versions of an integration: published, marked, exported, forked, deleted, verified."""
