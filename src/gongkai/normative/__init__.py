"""Normative documents: in force from when to when, and what amends, repeals and replaces what."""
