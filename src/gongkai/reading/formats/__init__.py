"""One module a file format: bytes → text and blocks. Knows nothing of clauses or tasks."""
