"""The pages of information at the desk."""
