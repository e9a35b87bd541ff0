"""The events that the work on a task leaves, and the words of their facts; no code decides."""

from __future__ import annotations

EVENTS: dict[str, str] = {
    "progress.measures_set": "填写台账措施",
    "progress.progress_recorded": "填写进展",
}

FACT_LABELS = {
    "measures": "措施",
    "steps": "步骤",
    "answers": "责任人",
    "supervised": "督导方式",
    "progress": "进展",
    "problems": "问题",
    "next_steps": "下一步打算",
}
