"""Chains of signatures over one exact version of a subject."""
