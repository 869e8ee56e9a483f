"""What `kg explain` prints: claims, then each sentence with the readings taken and lost."""

from __future__ import annotations

from collections.abc import Sequence

from kg.explain import page, readings
from kg.extract.article import extract_page
from kg.model import Article, Record

FIRST = "双槐镇召开会议\n4月25日，区教育局局长王平走进双槐镇学校。"
SECOND = "区领导调研\n昨日，王平到社区调研。"


def records(*texts: str) -> tuple[Record, ...]:
    return extract_page([article(number, text) for number, text in enumerate(texts, start=1)])


def article(number: int, text: str) -> Article:
    headline, broken, _ = text.partition("\n")
    return Article(f"a{number}", "p.txt", number, headline, text, len(headline + broken) if broken else 0,
                   published="2021-04-28", place=("衡泽市", "丹阜区"))


def shown(read: Sequence[Record], at: str | None = None) -> list[str]:
    return list(page(read, at))


def test_taken_and_lost_stand_in_columns_under_their_sentence() -> None:
    (record, _) = records(FIRST, SECOND)
    lines = list(readings(record))
    at = next(n for n, line in enumerate(lines) if "「4月25日" in line)
    taken, lost = (line for line in lines[at:] if " 王平 " in line or " 王平走 " in line)
    assert taken.startswith("    person + ")
    assert lost.startswith("           - ")
    assert "lost to 王平" in lost
    column = [line.encode("gbk").index(b"title_name") for line in (taken, lost)]  # two columns a Chinese character
    assert column[0] == column[1]


def test_a_piece_of_the_text_shows_only_what_stands_on_it() -> None:
    read = records(FIRST, SECOND)
    lines = shown(read, "局长王平")
    assert [line for line in lines if line.startswith("p.txt")] == [shown(read)[0]]
    assert any("title" in line and "局长" in line for line in lines)
    assert not any("date" in line for line in lines)
    assert shown(read, "不在文中") == []


def test_a_label_finds_what_it_says_wherever_it_stands() -> None:
    lines = shown(records(FIRST, SECOND), "2021-04-25")
    assert any(line.strip().startswith("date") and "4月25日" in line for line in lines)


def test_claims_of_one_sentence_quote_it_once() -> None:
    lines = shown(records("区委书记虎岩、区长王平、区政协主席和平参加会议。"))
    quoted = [line for line in lines if line.startswith("             ") and "「" in line]
    assert len(quoted) == len(set(quoted))
