"""What the product tells its people."""
