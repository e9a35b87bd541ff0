"""What publications bring to templates."""
