"""A report as .pdf: tagged, for archives, in the official fonts or what stands in for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import typst

from gongkai.reports.rules.paper import Paper

FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05"),
    "black": ("SimHei", "黑体"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"),
    "song": ("SimSun", "宋体"),
}
"""What GB/T 9704 asks for, by the names that the fonts go by."""

STAND_INS = {
    "black": ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"),
    "": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC"),
}
"""Free fonts that are taken where the official ones are not; "" for all other faces."""


class NoFont(LookupError):
    """There is no font with Chinese characters; the sentence says what to do."""


@dataclass(frozen=True)
class Made:
    """A .pdf and the faces for which another font had to stand in, face → font."""

    data: bytes
    stand_ins: dict[str, str]


def render(paper: Paper, *, fonts: Sequence[str] = ()) -> Made:
    """Return the report as PDF/A-2a; ``fonts`` are folders searched beside the system's.

    Raises ``NoFont``.
    """
    there = typst.Fonts(include_system_fonts=True, font_paths=list(fonts))
    chosen = choose(set(there.families()))
    inputs = {
        "paper": json.dumps(paper.as_context(), ensure_ascii=False),
        "fonts": json.dumps(chosen, ensure_ascii=False),
    }
    source = files("gongkai.reports").joinpath("data/report.typ").read_bytes()
    data: bytes = typst.compile(source, font_paths=there, sys_inputs=inputs, pdf_standards="a-2a")
    return Made(data, {face: name for face, name in chosen.items() if name not in FACES[face]})


def choose(there: set[str]) -> dict[str, str]:
    """Return for each face the first font that is there. Raises ``NoFont``."""
    found: dict[str, str] = {}
    for face, names in FACES.items():
        wanted = (*names, *STAND_INS.get(face, ()), *STAND_INS[""])
        font = next((name for name in wanted if name in there), None)
        if font is None:
            raise NoFont(
                "没有可用的中文字体，生成不了 PDF。请管理员安装“思源宋体”（fonts-noto-cjk），"
                "或把公文字体放进字体目录（GONGKAI_FONTS）。"
            )
        found[face] = font
    return found
