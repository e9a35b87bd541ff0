"""The wrong words of an office: its own beside those that come with the product, each dated."""
