"""Progress reports whose every figure can be opened."""
