"""Bodies, departments and sections with their names over time."""
