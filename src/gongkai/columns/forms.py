"""What a person types about columns; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.columns.states import Rhythm, SourceKind

Choices = Sequence[tuple[Any, str]]


class HowForm(forms.Form):
    """How a column is kept; the units and people offered are the body's."""

    name = forms.CharField(label="栏目名称", max_length=100)
    owner = forms.TypedChoiceField(label="责任科室", coerce=int)
    person = forms.TypedChoiceField(
        label="责任人",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="不选即由科室的信息员办理。",
    )
    rhythm = forms.TypedChoiceField(
        label="更新周期", choices=Rhythm.pairs(), coerce=Rhythm, initial=Rhythm.MONTHS
    )
    amount = forms.IntegerField(
        label="天数、月数或工作日数",
        min_value=0,
        max_value=366,
        initial=1,
        help_text="每季度、每年的不用填。",
        required=False,
    )
    ground = forms.CharField(
        label="依据", max_length=100, required=False, help_text="例如：条例第二十条第七项。"
    )

    def __init__(self, *args: Any, units: Choices, people: Choices, **kwargs: Any) -> None:
        """Offer the units and people of the body."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(units)  # type: ignore[attr-defined]  # a choice field
        self.fields["person"].choices = [("", "不指定"), *people]  # type: ignore[attr-defined]

    def clean_amount(self) -> int:
        """Return the number, 0 where none was typed."""
        return self.cleaned_data["amount"] or 0


class KeepForm(HowForm):
    """A column of the catalogue, or one of the body's own."""

    column = forms.TypedChoiceField(
        label="目录里的栏目",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="目录里没有的，不选，按下面的名称新设。",
    )
    field_order = ("column",)

    def __init__(self, *args: Any, columns: Choices, **kwargs: Any) -> None:
        """Offer the columns that are not kept yet."""
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = [("", "新设栏目"), *columns]  # type: ignore[attr-defined]
        self.fields["name"].required = False
        self.fields["name"].help_text = "选了目录里的栏目，不填即用原名。"


class TakeOverForm(forms.Form):
    """Who answers for the field columns until the office names others."""

    owner = forms.TypedChoiceField(label="先由哪个科室负责", coerce=int)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units of the body."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(units)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}))


class ChangeForm(forms.Form):
    """What changed, and when."""

    what = forms.CharField(label="什么变了", max_length=300, help_text="例如：停车收费标准调整。")
    changed_on = forms.DateField(label="变动日期", widget=forms.DateInput())


class PairForm(forms.Form):
    """With which column another comes out."""

    second = forms.TypedChoiceField(label="与哪个栏目同步公开", coerce=int)

    def __init__(self, *args: Any, columns: Choices, **kwargs: Any) -> None:
        """Offer the body's other columns."""
        super().__init__(*args, **kwargs)
        self.fields["second"].choices = list(columns)  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """What is watched, who reposts it, where it goes."""

    name = forms.CharField(
        label="来源名称", max_length=100, help_text="转发时照此注明来源，例如：江东省人民政府。"
    )
    kind = forms.TypedChoiceField(label="种类", choices=SourceKind.pairs(), coerce=SourceKind)
    url = forms.CharField(label="网址", max_length=500)
    pattern = forms.CharField(
        label="链接的样子",
        max_length=200,
        required=False,
        help_text="网页列表要填，*代表任意，例如 */art/*/*.html。",
    )
    unit = forms.TypedChoiceField(label="承办科室", coerce=int)
    column = forms.TypedChoiceField(
        label="转发到栏目", coerce=int, empty_value=None, required=False
    )
    minutes = forms.IntegerField(label="每隔几分钟看一次", min_value=5, max_value=1440, initial=30)

    def __init__(self, *args: Any, units: Choices, columns: Choices, **kwargs: Any) -> None:
        """Offer the body's units and columns."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]  # a choice field
        self.fields["column"].choices = [("", "不指定"), *columns]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """How often something is looked over."""

    months = forms.IntegerField(label="每隔几个月检查", min_value=1, max_value=120, initial=12)


class OutcomeForm(forms.Form):
    """What was found."""

    outcome = forms.CharField(
        label="检查结果", max_length=300, help_text="例如：与现行规定一致，不修订。"
    )
