"""Migrations of the organisation."""
