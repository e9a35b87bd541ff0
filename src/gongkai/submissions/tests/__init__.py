"""Tests of submissions upward."""
