"""The grammar of credits, by table and by property."""

from __future__ import annotations

import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.credits import MAX_CREDIT, may_be_credit, read_credit, split_names


@pytest.mark.parametrize("row", cases.table("credits"), ids=lambda row: row["marked"])
def test_reads_names_and_roles(row: dict[str, str]) -> None:
    text, expected = cases.unmark(row["marked"])
    found = read_credit(text)
    assert found is not None
    assert [(text[c.start:c.end], c.role or "-") for c in found] == expected


@pytest.mark.parametrize("row", cases.table("notcredits"), ids=lambda row: row["text"])
def test_prose_is_no_credit(row: dict[str, str]) -> None:
    assert not read_credit(row["text"])


ALPHABET = "记者通讯员摄文图本报编辑区委宣传部王李欧阳艾尔肯·吐张三 、/（）()：□■和12aA\n　"


@given(st.text(alphabet=ALPHABET, max_size=60), st.integers(0, 5), st.integers(0, 5))
def test_names_are_copies_of_the_text(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    last = start
    for credit in read_credit(text, start, end) or ():
        assert start <= last <= credit.start < credit.end <= end
        assert "".join(text[credit.start:credit.end].split()) == credit.name
        assert len(credit.name) >= 2
        last = credit.end


@given(st.text(alphabet="王李张欧阳司马小明伟国和", min_size=2, max_size=30))
def test_glued_names_cover_their_run(run: str) -> None:
    names = split_names(run, 0, len(run))
    if names is not None:
        assert "".join(name for name, _, _ in names).replace("和", "") == run.replace("和", "")


def test_a_span_longer_than_any_credit_is_prose() -> None:
    assert read_credit("记者 " + "王小明 " * MAX_CREDIT) is None


def test_spaced_out_role_words_are_seen() -> None:
    assert may_be_credit("编 辑：苏伟")
    assert not may_be_credit("会议强调")
