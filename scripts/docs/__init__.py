"""Makes the pages of the documentation that are generated: text by path, nothing written."""
