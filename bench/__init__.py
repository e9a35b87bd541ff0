"""Speeds as ratios: each measure against a baseline of the same run; no test, no threshold."""
