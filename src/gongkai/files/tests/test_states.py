"""Every verb in every state: what the table allows happens, all else changes nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from gongkai.files import actions, api
from gongkai.files.models import StoredFile
from gongkai.files.states import MOVES, State
from gongkai.kernel.refusal import Refusal, Refused

pytestmark = pytest.mark.django_db
WHY = Refusal("files.interrupted", "中断。")
VERBS: dict[str, Callable[[StoredFile], object]] = {
    "accept": lambda file: actions._accept(file, api.Kind.TXT, file.created_by),
    "refuse": lambda file: actions._refuse(file, WHY, None),
    "attach": lambda file: api.attach(file, "test.thing:1"),
}


def test_every_verb_is_tried() -> None:
    assert set(VERBS) == set(MOVES)


@pytest.mark.parametrize(("verb", "state"), list(itertools.product(MOVES, State)))
def test_every_verb_in_every_state(put: Callable[..., StoredFile], verb: str, state: State) -> None:
    file = put()
    StoredFile.objects.update(state=state)
    file.refresh_from_db()
    origins, target = MOVES[verb]
    if state in origins:
        VERBS[verb](file)
        assert StoredFile.objects.get().state == target
    else:
        with pytest.raises(Refused):
            VERBS[verb](file)
        assert StoredFile.objects.get().state == state
        assert StoredFile.objects.get().subject == ""
