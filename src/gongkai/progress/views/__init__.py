"""Pages of the work on a task."""
