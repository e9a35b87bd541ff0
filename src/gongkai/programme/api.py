"""The door of the programme: what the faces and the demo may use."""

from gongkai.programme.actions import (
    accept,
    accept_clear,
    add_evidence,
    bind,
    correct,
    drop,
    receive_document,
    record_trigger,
    report_done,
    set_superior_date,
    settle_name,
)
from gongkai.programme.models import Document, Programme, Proposal, Task, TaskDuty
from gongkai.programme.queries import due_parts, needs, prompt_parts, works_for_unit

__all__ = [
    "Document",
    "Programme",
    "Proposal",
    "Task",
    "TaskDuty",
    "accept",
    "accept_clear",
    "add_evidence",
    "bind",
    "correct",
    "drop",
    "due_parts",
    "needs",
    "prompt_parts",
    "receive_document",
    "record_trigger",
    "report_done",
    "set_superior_date",
    "settle_name",
    "works_for_unit",
]
