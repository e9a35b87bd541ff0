"""Fetches pages and feeds of others within limits of size, time and place. No tables."""

from gongkai.fetching.fetch import Fetched, Unfetched, fetch, is_outside

__all__ = ["Fetched", "Unfetched", "fetch", "is_outside"]
