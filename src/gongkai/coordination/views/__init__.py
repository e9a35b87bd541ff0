"""Pages of asking other units about a draft."""
