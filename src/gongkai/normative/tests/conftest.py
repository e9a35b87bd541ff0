"""What tests of normative documents begin with: as tests of publications do."""

from gongkai.publications.tests.conftest import in_march, side

__all__ = ["in_march", "side"]
