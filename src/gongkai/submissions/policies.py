"""Who may say what is owed upward, send it and enter the answer, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.api import User, in_scope, scope_paths
from gongkai.duties.api import Duty
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import may_edit, works_for
from gongkai.submissions.models import Requirement, Round, Sending
from gongkai.submissions.rules import MOST_LAG
from gongkai.submissions.states import ROUND_MOVES, Rhythm, RoundState

NOT_OFFICE = Refusal("submissions.not_yours", "上报要求由本单位政务公开办设定，请联系他们。")


def visible_requirements(user: User) -> QuerySet[Requirement]:
    """Return what is owed by the units and bodies in the user's scope."""
    return Requirement.objects.filter(in_scope("body__path", user) | in_scope("owner__path", user))


def visible_rounds(user: User) -> QuerySet[Round]:
    """Return the rounds of the units and bodies in the user's scope."""
    return Round.objects.filter(in_scope("body__path", user) | in_scope("owner__path", user))


def sees_submissions(user: User) -> bool:
    """Say whether the user sees any work at all."""
    return bool(scope_paths(user))


def why_not_office(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why a person does not set what this body owes."""
    if not may_edit(actor, body):
        yield NOT_OFFICE


def why_not_require(
    body: Unit,
    *,
    actor: User,
    owner: Unit,
    name: str,
    recipient: str,
    rhythm: Rhythm,
    lag: int,
    asked_on: date,
    due_on: date | None,
) -> Iterator[Refusal]:
    """Say why this may not be entered as owed."""
    yield from why_not_office(body, actor=actor)
    if not owner.path.startswith(body.path):
        yield Refusal("submissions.not_of_body", f"{owner.name}不属于本单位，请另选。")
    if not name.strip() or not recipient.strip():
        yield Refusal("submissions.no_words", "请写明报什么、报给谁。")
    if asked_on > clock.today():
        yield Refusal("submissions.ahead", "要求下达的日期不能晚于今天。")
    if (rhythm is Rhythm.ONCE) != (due_on is not None):
        said = (
            "一次性的上报要写期限。" if due_on is None else "按周期的上报不写期限，写期满后几天内。"
        )
        yield Refusal("submissions.which_day", said)
    elif due_on is not None and due_on < asked_on:
        yield Refusal("submissions.due_before", "期限不能早于要求下达的日期。")
    if not 0 <= lag <= MOST_LAG:
        yield Refusal("submissions.lag", f"期满后的天数在0到{MOST_LAG}之间。")


def why_not_open_year(requirement: Requirement, *, actor: User, year: int) -> Iterator[Refusal]:
    """Say why the rounds of a year may not be opened."""
    yield from why_not_office(requirement.body, actor=actor)
    if requirement.ended_at is not None:
        yield Refusal("submissions.ended", "这项上报已不再要求，请新增一项。")
    elif requirement.rhythm == Rhythm.ONCE:
        yield Refusal("submissions.once", "这是一次性的上报，没有下一年。")
    elif year != requirement.opened_to + 1 or year > clock.today().year + 1:
        last = requirement.opened_to
        yield Refusal("submissions.opened", f"已开到{last}年，再下一年的请到年底再开。")


def why_not_end(requirement: Requirement, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why it may not be said to be owed no longer."""
    yield from why_not_office(requirement.body, actor=actor)
    if requirement.ended_at is not None:
        yield Refusal("submissions.ended", "这项上报已不再要求。")
    if not reason.strip():
        yield Refusal("submissions.no_reason", "请写明为什么不再报。")


def acts_on(user: User, round_: Round) -> bool:
    """Say whether the person submits this: the people of the owner, or the office."""
    return works_for(user, round_.owner) or may_edit(user, round_.body)


def why_not(verb: str, round_: Round, *, actor: User) -> Iterator[Refusal]:
    """Say why the verb may not be done to the round in its state by this person."""
    if not acts_on(actor, round_):
        yield Refusal("submissions.not_yours", f"这是{round_.owner.name}的上报，请由该单位办理。")
        return
    if round_.state not in ROUND_MOVES[verb][0]:
        label = RoundState(round_.state).label
        yield Refusal("submissions.wrong_state", f"这次上报{label}，现在不能这样做。")


def why_not_send(
    round_: Round, *, actor: User, sent_on: date, described: bool, returned_on: date | None
) -> Iterator[Refusal]:
    """Say why this may not be entered as sent; ``described``: with a file or a word on it."""
    yield from why_not("send", round_, actor=actor)
    if sent_on > clock.today():
        yield Refusal("submissions.ahead", "报出日期不能晚于今天，请改日期。")
    if sent_on < (round_.requirement.asked_on if returned_on is None else returned_on):
        said = "要求下达" if returned_on is None else "退回"
        yield Refusal("submissions.too_early", f"报出日期不能早于{said}的日期。")
    if not described:
        yield Refusal("submissions.nothing_sent", "请附上报出的文件，或写明报了什么。")


def why_not_answer(
    verb: str, sending: Sending | None, round_: Round, *, actor: User, on: date, words: str
) -> Iterator[Refusal]:
    """Say why the superior's answer may not be entered."""
    yield from why_not(verb, round_, actor=actor)
    if on > clock.today():
        yield Refusal("submissions.ahead", "日期不能晚于今天，请改日期。")
    if sending is not None and on < sending.sent_on:
        yield Refusal("submissions.too_early", "日期不能早于报出日期，请核对。")
    if not words.strip():
        said = "请写回执编号或回执说明。" if verb == "receive" else "请写明上级为什么退回。"
        yield Refusal("submissions.no_words", said)


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or reopen the clock of a submission: it follows the record."""
    if verb in ("meet", "reopen", "cancel"):
        yield Refusal("submissions.by_itself", "请在上报页面登记：报出即办结，退回即重新计时。")


def declare_files(purpose: str) -> None:
    """Declare to the gate of files who may see what was sent and its receipts."""

    def may_see(user: User, file: files.StoredFile) -> bool:
        kind, _, pk = file.subject.partition(":")
        if kind != "submissions.round":
            return False
        return visible_rounds(user).filter(pk=pk).exists()

    files.declare_purpose(
        purpose,
        kinds={"txt", "docx", "xlsx", "pdf", "png", "jpg"},
        max_bytes=20 * 1024 * 1024,
        may_see=may_see,
    )
