"""Dates: a table of forms, and what holds for any text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.dates import DateMention, bounds, dated, find_dates, is_edtf, resolve

CASES = Path(__file__).parent.parent / "cases" / "dates.tsv"


def cases() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]
    return [(text, published, dates) for text, published, dates, _ in rows]


@pytest.mark.parametrize(("text", "published", "expected"), cases())
def test_table(text: str, published: str, expected: str) -> None:
    found = dated(text, None if published == "-" else published)
    assert ";".join(f"{text[m.start : m.end]}={value or '-'}" for m, value in found) == expected


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("2020年以来", "since"),
        ("自9月1日起", "since"),
        ("截至3月15日", "until"),
        ("6月底前", "before"),
        ("5月1日后", "after"),
        ("定于6月15日召开", "ahead"),
        ("4月25日召开", None),
    ],
)
def test_what_only_bounds_a_time_says_so(text: str, limit: str | None) -> None:
    (mention,) = find_dates(text)
    assert mention.limit == limit


@pytest.mark.parametrize(
    ("text", "part"), [("4月25日上午", "上午"), ("昨晚", "晚"), ("4月25日(周日)晚间", "晚间"), ("当晚", "晚"), ("4月25日", None)]
)
def test_part_of_the_day(text: str, part: str | None) -> None:
    (mention,) = find_dates(text)
    assert mention.part == part


def test_stated_digits_are_kept_apart_from_inferred_ones() -> None:
    (mention,) = find_dates("去年12月28日")
    assert (mention.first.year, mention.first.year_shift, mention.first.month, mention.first.day) == (None, -1, 12, 28)


PIECES = st.sampled_from(
    (
        *("4月25日", "12月", "2021年", "25日", "3日", "二〇二一年", "三月", "五日", "2月", "29日", "30日", "2020.1.2", "10", "1"),
        *("昨日", "今天", "上周五", "周三", "上月", "同日", "次日", "近日", "去年", "今年", "上午", "起", "将于", "截至", "以来"),
        *("至", "-", "—", "、", "和", "，", "。", "（", "）", "《", "》", "每", "前", "内", ".", "0", "召开", "会议"),
    )
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))
DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31)).map(date.isoformat)


@given(TEXTS, DAYS)
def test_offsets_rise_and_stay_inside(text: str, published: str) -> None:
    mentions = find_dates(text)
    edges = [edge for m in mentions for edge in (m.start, m.end)]
    assert edges == sorted(edges)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert dated(text, published) == dated(text, published)


@given(TEXTS, DAYS)
def test_values_are_edtf_with_ordered_bounds(text: str, published: str) -> None:
    for issued in (published, published[:7], published[:4], None):
        for _, value in dated(text, issued):
            assert value is None or is_edtf(value)
            earliest, latest = bounds(value)
            assert earliest is None or latest is None or earliest <= latest


def _inferred(mention: DateMention) -> bool:
    first = mention.first
    return first.year is None and first.year_shift is None and first.month_shift is None and first.back is None


@given(TEXTS, DAYS)
def test_what_is_inferred_never_begins_after_the_issue(text: str, published: str) -> None:
    for mention in find_dates(text):
        ahead = any(shift is not None and shift > 0 for shift in (mention.first.week_shift, mention.first.day_shift))
        if _inferred(mention) and not ahead:
            earliest, _ = bounds(resolve(mention, published))
            assert earliest is None or earliest <= published


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)), st.integers(0, 364))
def test_a_day_of_the_last_year_is_found_again(issued: date, back: int) -> None:
    day = issued - timedelta(days=back)
    if (day.month, day.day) == (2, 29):
        return
    ((_, value),) = dated(f"{day.month}月{day.day}日，", issued.isoformat())
    assert value == day.isoformat()


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)), st.integers(0, 60), st.integers(1, 20))
def test_a_stretch_is_found_again(issued: date, back: int, length: int) -> None:
    last = issued - timedelta(days=back)
    first = last - timedelta(days=length)
    if (2, 29) in ((first.month, first.day), (last.month, last.day)):
        return
    ((_, value),) = dated(f"{first.month}月{first.day}日至{last.month}月{last.day}日，", issued.isoformat())
    assert value == f"{first}/{last}"


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2021-04-25", "2021-04-25", "2021-04-25"),
        ("2021-04", "2021-04-01", "2021-04-30"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2021-XX-31", "2021-01-31", "2021-12-31"),
        ("202X-02-29", "2020-02-29", "2028-02-29"),
        ("2021-0X", "2021-01-01", "2021-09-30"),
        ("2021-04-2X", "2021-04-20", "2021-04-29"),
        ("XXXX-04-25", None, None),
        ("XXXX", None, None),
        ("2021-04?", "2021-04-01", "2021-04-30"),
        ("2021-04-12/2021-04-14", "2021-04-12", "2021-04-14"),
        ("2021-04/2021-05", "2021-04-01", "2021-05-31"),
        ("2021-04/..", "2021-04-01", None),
        ("../2021-04", None, "2021-04-30"),
        ("2021-04/", "2021-04-01", None),
        (None, None, None),
    ],
)
def test_bounds(edtf: str | None, earliest: str | None, latest: str | None) -> None:
    assert bounds(edtf) == (earliest, latest)
    assert edtf is None or is_edtf(edtf)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2021-13", "2021-02-30", "2021-4-5", "21-04-05", "2021/04/25", "20210425", "4月25日", "2021-05/2021-04", "/"),
        *("../..", "0000", "2021-04-25T08:00", "XXXX-02-30", "2019-02-29", "2021-04-25/2021-04-26/2021-04-27", " 2021"),
    ],
)
def test_what_is_no_edtf(text: str) -> None:
    assert not is_edtf(text)
    if "/" not in text:
        with pytest.raises(ValueError, match="not an EDTF date"):
            bounds(text)


@given(st.text(alphabet="0123456789X-/.?~% 年", max_size=24))
def test_is_edtf_and_bounds_agree(text: str) -> None:
    if is_edtf(text):
        earliest, latest = bounds(text)
        assert earliest is None or latest is None or earliest <= latest
    elif "/" not in text:
        with pytest.raises(ValueError, match="not an EDTF date"):
            bounds(text)


def test_an_issue_date_that_is_none_is_refused() -> None:
    (mention,) = find_dates("4月25日")
    with pytest.raises(ValueError, match="not an EDTF date: 'yesterday'"):
        resolve(mention, "yesterday")
