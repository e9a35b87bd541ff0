"""Government information at the desk: drafted, cleared, signed, published, withdrawn."""
