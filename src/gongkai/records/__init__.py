"""Dated records of how openness work is kept up: group, hearings, training, publicity, rules."""
