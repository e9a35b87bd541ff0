"""Reads of the trail: timelines, the auditor's list, the check of the chain; no writes."""
