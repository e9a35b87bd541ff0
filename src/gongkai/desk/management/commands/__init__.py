"""Commands that look over all apps."""
