"""The fictional city with a year of work, made through the actions."""
