"""The sentences with which a file is refused: what it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.files.states import Kind
from gongkai.kernel.refusal import Refusal, Refused


def refused(code: str, sentence: str) -> Refused:
    """Return the exception for one reason; the code is ``files.<code>``."""
    return Refused(Refusal(f"files.{code}", sentence))


def store_down() -> Refused:
    """The store of files does not answer."""
    return refused(
        "store_down",
        "文件存储暂时用不了，什么都没有改动。请过几分钟再试；一直不行的，请告诉平台管理员。",
    )


def empty() -> Refused:
    """Nothing in it."""
    return refused("empty", "文件是空的。请打开原文件核对内容，再重新上传。")


def too_large(limit: int) -> Refused:
    """More bytes than this purpose takes."""
    return refused("too_large", f"文件超过{size(limit)}。请压缩其中的图片，或拆成几个文件上传。")


def wrong_kind(kinds: Iterable[Kind], what: str = "这类文件") -> Refused:
    """Not one of the kinds wanted here."""
    wanted = "、".join(f"{kind.label}（.{kind.value}）" for kind in sorted(kinds))
    return refused("wrong_kind", f"这里不接收{what}。请转成下列格式之一再上传：{wanted}。")


def mismatch(said: str, kind: Kind) -> Refused:
    """The name says another kind than the content."""
    return refused(
        "extension_mismatch",
        f"文件名写的是 .{said}，内容却是{kind.label}。"
        f"请核对是否传错；没有传错就把扩展名改成 .{kind.value} 再上传。",
    )


def old_format(what: str, new: str) -> Refused:
    """An office format of before 2007."""
    return refused("old_format", f"这是{what}。请用 Word 或 WPS 打开，另存为 {new} 再上传。")


def encrypted() -> Refused:
    """A password is needed to open it."""
    return refused("encrypted", "这是加密的文件，请先去掉密码再上传。")


def macros() -> Refused:
    """It carries programs."""
    return refused("macros", "文件里带有宏。请另存为不带宏的 .docx 或 .xlsx 再上传。")


def damaged() -> Refused:
    """It cannot be opened as what it is."""
    return refused("damaged", "文件已损坏或没有传完整。请在本机打开核对，另存一份再上传。")


def unpacks_too_large() -> Refused:
    """Harmless in size until it is unpacked."""
    return refused("unpacks_too_large", "文件展开后过大，无法安全检查。请压缩其中的图片后再上传。")


def malware(name: str) -> Refused:
    """The scanner found something."""
    return refused(
        "malware", f"查毒发现可疑内容（{name}）。请勿再打开此文件，并联系单位网络安全人员。"
    )


def scanner_unavailable() -> Refused:
    """The scanner did not answer: nothing is taken unscanned."""
    return refused("scanner_unavailable", "查毒服务暂时不可用，文件没有接收。请稍后再传。")


def size(limit: int) -> str:
    """Say a size in MB or KB."""
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{max(limit // 2**10, 1)} KB"
