"""What papers are made from."""
