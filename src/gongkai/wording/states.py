"""Events and labels of the list of wrong words, as data."""

from __future__ import annotations

EVENTS: dict[str, str] = {
    "wording.added": "增加用词",
    "wording.ended": "停用用词",
    "wording.switched_off": "不再提示",
    "wording.imported": "导入用词",
}

FACT_LABELS = {"word": "用词", "suggestion": "正确写法", "count": "条数"}
