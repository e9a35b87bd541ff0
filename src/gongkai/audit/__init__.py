"""The append-only trail of every change and every look at personal data."""
