"""Standard catalogues of a field, their assignment and coverage."""
