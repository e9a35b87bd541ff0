"""Every way in which an asking comes into being or changes."""

from gongkai.coordination.actions.answering import answer
from gongkai.coordination.actions.asking import ask, close, end_all, settle, take_back

__all__ = ["answer", "ask", "close", "end_all", "settle", "take_back"]
