"""Rules that only document what others report: the reader, the schema, ignore comments. None is ever asked."""
