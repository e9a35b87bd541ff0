"""Tests of normative documents."""
