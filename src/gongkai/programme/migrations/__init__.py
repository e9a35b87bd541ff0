"""Migrations of the programme."""
