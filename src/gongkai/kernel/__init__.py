"""What every app stands on: clock, refusals, identifiers, rows, Chinese text. No tables."""
