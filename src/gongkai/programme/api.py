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
from gongkai.programme.models import (
    Document,
    Evidence,
    Programme,
    Proposal,
    Task,
    TaskDuty,
    TaskUnit,
)
from gongkai.programme.panels import Panel, RecordRef, add_panel, add_records, records_offered
from gongkai.programme.policies import visible_programmes, visible_tasks, works_for
from gongkai.programme.queries import (
    due_parts,
    evidence_of_record,
    needs,
    prompt_parts,
    task_or_none,
    works_for_unit,
)

__all__ = [
    "Document",
    "Evidence",
    "Panel",
    "Programme",
    "Proposal",
    "RecordRef",
    "Task",
    "TaskDuty",
    "TaskUnit",
    "accept",
    "accept_clear",
    "add_evidence",
    "add_panel",
    "add_records",
    "bind",
    "correct",
    "drop",
    "due_parts",
    "evidence_of_record",
    "needs",
    "prompt_parts",
    "receive_document",
    "record_trigger",
    "records_offered",
    "report_done",
    "set_superior_date",
    "settle_name",
    "task_or_none",
    "visible_programmes",
    "visible_tasks",
    "works_for",
    "works_for_unit",
]
