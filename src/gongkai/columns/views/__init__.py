"""The pages of columns; no law, no tables."""
