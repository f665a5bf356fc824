"""What a report is turned into: sentences, JSON, Word. Everything here only reads a `Report`."""
