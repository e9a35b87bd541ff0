"""Tags of the columns."""
