"""What people type about reports, as values; no law, no tables."""

from gongkai.reports.forms.checks import ReasonForm, ReceiveForm
from gongkai.reports.forms.drafts import (
    HeadForm,
    IssueForm,
    RefreshForm,
    StartForm,
    StepsForm,
    TemplateForm,
    TextForm,
    WhyForm,
)

__all__ = [
    "HeadForm",
    "IssueForm",
    "ReasonForm",
    "ReceiveForm",
    "RefreshForm",
    "StartForm",
    "StepsForm",
    "TemplateForm",
    "TextForm",
    "WhyForm",
]
