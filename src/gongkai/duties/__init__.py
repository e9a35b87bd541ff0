"""The one clock of the product: duties, their facts, due moments and lights."""
