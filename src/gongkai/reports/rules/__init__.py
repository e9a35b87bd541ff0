"""What reports decide without tables: sums written out, a draft's words, figures that travel."""

from gongkai.reports.rules.sums import NO_TITLE, cited, heading, plain, written_out

__all__ = ["NO_TITLE", "cited", "heading", "plain", "written_out"]
