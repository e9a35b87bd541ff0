"""Tests of standard catalogues."""
