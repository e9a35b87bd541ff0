"""What a person types about an item; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from gongkai.publications.rules import clean_names
from gongkai.publications.states import (
    Attribute,
    Audience,
    Change,
    FileRole,
    Ground,
    Kind,
    WithdrawReason,
)
from gongkai.richtext.api import Owns, RichTextField

TOPICS = [
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
]
"""The subject classes of the State Council's own catalogue, as public portals show them."""


def _text(label: str, *, rows: int = 2, required: bool = False, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, help_text=hint)


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(), help_text=hint)


class BeginForm(forms.Form):
    """What is begun, for which unit."""

    unit = forms.TypedChoiceField(label="起草科室", coerce=int)
    kind = forms.TypedChoiceField(label="类型", choices=Kind.written(), coerce=Kind)
    title = forms.CharField(label="标题", max_length=300, required=False)
    upload = forms.FileField(
        label="或选一个Word文件",
        required=False,
        allow_empty_file=True,
        help_text="选了.docx文件，正文、标题、文号、日期、公开属性从文件里读出，之后都可以改。",
    )

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the units that the person drafts for."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or {}
        if not (data.get("title") or "").strip() and not data.get("upload"):
            raise forms.ValidationError("请填写标题，或选一个Word文件。")
        return data


class DraftForm(forms.Form):
    """All that a drafter writes of an edition."""

    title = forms.CharField(label="标题", max_length=300)
    kind = forms.TypedChoiceField(label="类型", choices=Kind.pairs(), coerce=Kind)
    column = forms.TypedChoiceField(label="栏目", required=False, coerce=int, empty_value=None)
    document_number = forms.CharField(
        label="发文字号", required=False, max_length=100, help_text="例如：清卫发〔2026〕8号。"
    )
    issuers = _text("发文机关", hint="每行一个；联合发文的，牵头机关写在最前。")
    attribute = forms.TypedChoiceField(
        label="公开属性",
        choices=Attribute.pairs(),
        coerce=Attribute,
        widget=forms.RadioSelect,
    )
    ground = forms.TypedChoiceField(
        label="不公开依据",
        choices=[("", "（不予公开时选定）"), *Ground.pairs()],
        required=False,
        coerce=Ground,
        empty_value="",
    )
    reason = _text("不主动公开的理由", hint="依申请公开、不予公开时填写。")
    audience = forms.TypedChoiceField(
        label="公开范围", choices=Audience.pairs(), coerce=Audience, widget=forms.RadioSelect
    )
    readers = forms.TypedMultipleChoiceField(
        label="哪些单位可以看",
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="一定范围内公开时选定，含其下属科室。",
    )
    formed_on = _day("成文日期", "留空的，以签完的那一天为成文日期。")
    effective_on = _day("施行日期")
    lapses_on = _day("有效期截止")
    topic = forms.ChoiceField(
        label="主题分类", required=False, choices=[("", "（未选）"), *((t, t) for t in TOPICS)]
    )
    keywords = forms.CharField(
        label="关键词", required=False, max_length=200, help_text="几个词，用空格分开。"
    )
    abstract = _text("内容概述", rows=3, hint="一两句话，公开目录用。")
    source = forms.CharField(
        label="信息来源", required=False, max_length=200, help_text="本机关制作的，写本机关名称。"
    )
    source_url = forms.URLField(
        label="来源网址", required=False, max_length=500, assume_scheme="https"
    )
    text = RichTextField(
        label="正文", required=False, help_text="按 Alt+F10 到工具栏，按 Esc 回到正文。"
    )
    change_note = _text("修订或更正说明", hint="随文公布：改了什么、为什么改。")

    def __init__(
        self,
        *args: Any,
        columns: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        change: str,
        owns: Owns,
        images: str,
        **kwargs: Any,
    ) -> None:
        """Offer columns and units; a first edition has no note of change.

        ``owns`` and ``images`` tell which pictures are the draft's and where they are kept.
        """
        super().__init__(*args, **kwargs)
        self.fields["text"].of_draft(owns, images)  # type: ignore[attr-defined]  # our field
        self.fields["column"].choices = [("", "（未选）"), *columns]  # type: ignore[attr-defined]
        self.fields["readers"].choices = list(units)  # type: ignore[attr-defined]
        if change == Change.FIRST:
            del self.fields["change_note"]

    def clean_issuers(self) -> list[str]:
        """Return the names, the lead first."""
        return clean_names(self.cleaned_data["issuers"])


class FileForm(forms.Form):
    """A file to be added."""

    upload = forms.FileField(label="文件", allow_empty_file=True)
    role = forms.TypedChoiceField(
        label="用途",
        choices=[(r.value, r.label) for r in (FileRole.ATTACHMENT, FileRole.ORIGINAL)],
        coerce=FileRole,
    )
    title = forms.CharField(
        label="显示名称", required=False, max_length=200, help_text="不填就用文件名。"
    )


class SendForm(forms.Form):
    """Whether it is an emergency."""

    emergency = forms.BooleanField(
        label="紧急发布",
        required=False,
        help_text="只经保密审查即可发布，发布后由领导补批，情况如实记录。",
    )
    reason = _text("紧急情况", hint="选了紧急发布的必须写明。")


class ScheduleForm(forms.Form):
    """When it is to come out."""

    at = forms.SplitDateTimeField(
        label="发布时间",
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": "发布日期"},
            time_attrs={"type": "time", "aria-label": "发布时刻"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = _text("原因", required=True)


class WithdrawForm(forms.Form):
    """Why it is taken back, and what the public is told."""

    reason = forms.TypedChoiceField(
        label="撤回原因",
        choices=WithdrawReason.pairs(),
        coerce=WithdrawReason,
        widget=forms.RadioSelect,
        help_text="选涉密或隐私的，标题、文号、概述也不再显示，只有指定人员能看。",
    )
    note = _text("情况说明")
    public_note = forms.CharField(
        label="对外说明",
        required=False,
        max_length=300,
        help_text="放在原页面上，例如“本信息已由第15号公告替代”。",
    )


class GrammarForm(forms.Form):
    """How index numbers are written."""

    pattern = forms.CharField(
        label="索引号规则",
        max_length=100,
        help_text="例如：11450000MB0001/{year}-{serial:5}，得到 11450000MB0001/2026-00001。",
    )
