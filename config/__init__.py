"""Settings and the one table of addresses; no code of the product."""
