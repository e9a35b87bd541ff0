"""Columns of information disclosure: who keeps each, how fresh it is, what is reposted."""
