"""Making and changing integrations and what stands beside them: precise edits, nothing half-written."""
