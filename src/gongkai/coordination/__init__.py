"""Other units are asked about a draft that touches their matters, each with a clock."""
