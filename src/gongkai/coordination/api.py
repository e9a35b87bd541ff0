"""The door of the coordination: what other apps may use."""

from gongkai.coordination.actions import answer, ask, close, settle, take_back
from gongkai.coordination.queries import needs
from gongkai.coordination.states import Answer, AskingState

__all__ = ["Answer", "AskingState", "answer", "ask", "close", "needs", "settle", "take_back"]
