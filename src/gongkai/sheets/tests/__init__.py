"""Tests of fill-in sheets."""
