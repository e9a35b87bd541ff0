"""The gallery: every component with made-up content, for builders and for tests; no real data."""
