"""Tests of the whole: architecture, documentation, journeys through several apps."""
