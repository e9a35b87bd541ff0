"""The life of a fill-in sheet as data, and its events; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class SheetState(Worded):
    """Where a sheet stands."""

    SENT = "sent", "待交回"
    RETURNED = "returned", "待核对"
    TAKEN = "taken", "已采用"
    WITHDRAWN = "withdrawn", "已收回"


class RowState(Worded):
    """What became of a row of a sheet."""

    OPEN = "open", "未填"
    FILLED = "filled", "已填"
    TAKEN = "taken", "已采用"
    LEFT = "left", "未采用"


S = SheetState

SHEET_MOVES: dict[str, tuple[frozenset[SheetState], SheetState]] = {
    "return": (frozenset({S.SENT, S.RETURNED}), S.RETURNED),
    "take": (frozenset({S.RETURNED}), S.TAKEN),
    "withdraw": (frozenset({S.SENT, S.RETURNED}), S.WITHDRAWN),
}

LIVE_STATES = (S.SENT.value, S.RETURNED.value)
"""While a sheet is out or waits to be looked through, its unit gets no other."""

DUTY_KIND = "sheets.return"
"""The clock by which a sheet is due back."""

EVENTS: dict[str, str] = {
    "sheets.sheet_sent": "发出填报表",
    "sheets.sheet_returned": "填报表交回",
    "sheets.sheet_taken": "采用填报内容",
    "sheets.sheet_withdrawn": "收回填报表",
}

FACT_LABELS = {
    "rows": "项数",
    "filled": "已填",
    "rows_taken": "采用",
    "rows_left": "未采用",
    "back_by": "交回期限",
}
