"""Submissions upward (上报): what is owed to whom by when, what was sent, and the receipt."""
