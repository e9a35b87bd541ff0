"""Interpretation of policies in step with them: plan, material, exception, safeguards."""
