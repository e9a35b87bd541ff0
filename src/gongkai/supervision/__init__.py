"""Handing tasks down, supervision notices and leaders' instructions."""
