"""Dated records that count as evidence."""
