"""Everything that may be sent in: generated, never kept as files."""
