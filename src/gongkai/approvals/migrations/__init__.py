"""Migrations of the approvals."""
