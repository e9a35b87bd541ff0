"""The daily work on a task: measures, progress, sign-off, closing."""
