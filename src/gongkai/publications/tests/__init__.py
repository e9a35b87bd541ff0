"""Tests of information at the desk."""
