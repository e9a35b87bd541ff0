"""The office side’s home and navigation; gathers, decides nothing."""
