"""The house's own lint: pure functions over source text, each tried on planted examples."""
