"""Tests of rich text."""
