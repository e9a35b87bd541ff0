"""The pages of interpretation."""
