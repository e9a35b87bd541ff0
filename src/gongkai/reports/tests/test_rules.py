"""The sum behind a figure, written out from the numbers of the text itself."""

from __future__ import annotations

import pytest

from gongkai.reading.figures import find_figures
from gongkai.reports.rules import cited, heading, plain, written_out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "28项行政许可事项办理时限由原来的322个工作日压缩至230个工作日，压缩率达到71.4%。",
            "(322 − 230) ÷ 322 = 28.6 %",
        ),
        (
            "共承办信访件66件，其中：“12345”批办转办件18件、一般信访件29件、咨询16件、舆情3件。",
            "18 + 29 + 16 + 3 = 66",
        ),
        ("全年收到申请45件，其中网上申请30件、当面申请9件、信函申请5件。", "30 + 9 + 5 = 44"),
    ],
)
def test_a_sum_is_written_out(text, shown):
    (figure,) = find_figures(text)
    assert (
        written_out(figure.kind, figure.text, stated=figure.stated, computed=figure.computed)
        == shown
    )


@pytest.mark.parametrize("kind", ["sum", "share", "rate", "change"])
def test_no_sum_is_made_up_where_the_numbers_do_not_give_it(kind):
    assert written_out(kind, "收到7件，答复5件，99%", stated=99, computed=41.3) == ""


def test_numbers_are_written_as_people_write_them():
    assert [plain(66.0), plain(28.6), plain(1200.0)] == ["66", "28.6", "1200"]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("\n　清江市水利局2026年政务公开工作总结\n一、情况", "清江市水利局2026年政务公开工作总结"),
        (
            "2026年,我局认真落实要点。现将县水利局2026年落实情况报告如下:\n一、情况",
            "县水利局2026年落实情况报告",
        ),
        ("一、工作落实情况\n全年收到申请45件。", "未读出标题（落实情况）"),
        ("全年收到申请45件。", "未读出标题（落实情况）"),
        ("项目\t数量\n申请\t45", "未读出标题（落实情况）"),
        ("报告", "未读出标题（落实情况）"),
    ],
)
def test_a_report_without_a_title_is_called_by_its_own_words_or_its_file(text, called):
    assert heading(text, file_name="落实情况") == called


def test_only_a_title_stands_in_title_marks():
    assert cited("某局报告") == "《某局报告》"
    assert cited("未读出标题（004）") == "未读出标题（004）"
