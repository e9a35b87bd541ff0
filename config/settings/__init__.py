"""Settings by occasion: base for all, demo, test, prod."""
