"""A document's body as clean HTML: sanitised, read, taken over from Word. Has no tables."""
