"""What must be sent upward, what was sent, and the receipt."""
