"""Uploads: quarantine, check, accept; downloads through one gate."""
