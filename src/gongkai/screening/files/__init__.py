"""What a file holds, shows and hides, format by format; its text goes through the text's checks."""

from gongkai.screening.files.looking import Limits
from gongkai.screening.files.screen import Screened, screen_file

__all__ = ["Limits", "Screened", "screen_file"]
