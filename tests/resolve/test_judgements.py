"""A user's verdicts: what they change, what they leave alone, and what is wrong with bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import Said, article

import kg
from kg.errors import JudgementError
from kg.model import Record
from kg.pipeline import Summary
from kg.records import write
from kg.resolve import explain, resolve
from kg.resolve.judgements import Judgements, parse_judgements, read_judgements
from kg.resolve.model import Resolution

HERE, THERE = "衡泽市/丹阜区", "衡泽市/鹿亭县"


@pytest.fixture
def corpus() -> list[Record]:
    return [
        article("甲报_2018-03-16_1", HERE, [Said("王平", "丹阜区人大常委会|区人大常委会主任", "2018-03-14 视察"),
                                           Said("高原", "丹阜区|常务副区长", "2018-03-14 视察")]),
        article("甲报_2020-03-20_2", HERE, [Said("王平", "丹阜区人大常委会|区人大常委会主任", "2020-03-18 视察")]),
        article("甲报_2021-03-20_2", HERE, [Said("王平", "", "2021-03-18 大会"),
                                           Said("高原", "丹阜区|常务副区长", "2021-03-18 大会")]),
        article("乙报_2018-11-23_2", THERE, [Said("王平", "鹿亭县公安局|政委", "2018-11-16 宣传课")]),
        article("乙报_2019-11-23_2", THERE, [Said("陈静", "青石镇党委|党委书记")]),
    ]


def judge(*lines: str) -> Judgements:
    return parse_judgements("verdict\ta\tb\tnote\n" + "\n".join(lines), "judgements.tsv")


def people(resolution: Resolution) -> dict[str, list[str]]:
    """Id -> SOURCE#NUMBER/NAME of all mentions."""
    found: dict[str, list[str]] = {}
    for record in resolution.records:
        for person in record.people:
            found.setdefault(person.entity or "", []).append(f"{record.source}#{record.number}/{person.name}")
    return found


def test_the_corpus_alone(corpus: list[Record]) -> None:
    assert people(resolve(corpus)) == {
        "丹阜区/王平": ["甲报_2018-03-16_1.txt#1/王平", "甲报_2020-03-20_2.txt#1/王平", "甲报_2021-03-20_2.txt#1/王平"],
        "鹿亭县/王平": ["乙报_2018-11-23_2.txt#1/王平"],
        "丹阜区/高原": ["甲报_2018-03-16_1.txt#1/高原", "甲报_2021-03-20_2.txt#1/高原"],
        "鹿亭县/陈静": ["乙报_2019-11-23_2.txt#1/陈静"]}


def test_same_joins_and_nothing_else_moves(corpus: list[Record]) -> None:
    before, after = people(resolve(corpus)), people(resolve(corpus, judge("same\t丹阜区/王平\t鹿亭县/王平\tone career")))
    assert sorted(after.pop("丹阜区/王平")) == sorted(before.pop("丹阜区/王平") + before.pop("鹿亭县/王平"))
    assert after == before


def test_same_may_join_two_names(corpus: list[Record]) -> None:
    """A misprint, a changed name."""
    resolution = resolve(corpus, judge("same\t鹿亭县/陈静\t鹿亭县/王平\t"))
    (one,) = (p for p in resolution.people if "鹿亭县" in p.id)
    assert {one.name, *one.aliases} == {"陈静", "王平"}
    assert {t.post_name for t in resolution.tenures if t.person == one.id} == {"党委书记", "政委"}


def test_different_takes_one_mention_out(corpus: list[Record]) -> None:
    before = people(resolve(corpus))
    after = people(resolve(corpus, judge("different\t丹阜区/王平\t甲报_2021-03-20_2.txt#1/王平\ta guest")))
    assert after.pop("丹阜区/王平~2") == ["甲报_2021-03-20_2.txt#1/王平"]
    assert before["丹阜区/王平"].pop() == "甲报_2021-03-20_2.txt#1/王平"
    assert after == before


def test_different_mentions_share_out_the_rest(corpus: list[Record]) -> None:
    after = people(resolve(corpus, judge("different\t甲报_2021-03-20_2.txt#1/王平\t甲报_2018-03-16_1.txt#1/王平\t")))
    assert after["丹阜区/王平"] == ["甲报_2018-03-16_1.txt#1/王平", "甲报_2020-03-20_2.txt#1/王平"]
    assert after["丹阜区/王平~2"] == ["甲报_2021-03-20_2.txt#1/王平"]


def test_different_of_those_apart_changes_nothing(corpus: list[Record]) -> None:
    assert people(resolve(corpus, judge("different\t丹阜区/王平\t鹿亭县/王平\t"))) == people(resolve(corpus))


def test_a_part_can_be_joined_elsewhere(corpus: list[Record]) -> None:
    after = people(resolve(corpus, judge("different\t丹阜区/王平\t甲报_2021-03-20_2.txt#1/王平\t",
                                         "same\t甲报_2021-03-20_2.txt#1/王平\t鹿亭县/王平\t")))
    assert after["鹿亭县/王平"] == ["乙报_2018-11-23_2.txt#1/王平", "甲报_2021-03-20_2.txt#1/王平"]
    assert after["丹阜区/王平"] == ["甲报_2018-03-16_1.txt#1/王平", "甲报_2020-03-20_2.txt#1/王平"]


def test_the_order_of_judgements_does_not_matter(corpus: list[Record]) -> None:
    lines = ["different\t丹阜区/王平\t甲报_2021-03-20_2.txt#1/王平\t", "same\t甲报_2021-03-20_2.txt#1/王平\t鹿亭县/王平\t",
             "same\t丹阜区/高原\t鹿亭县/陈静\t"]
    assert people(resolve(corpus, judge(*lines))) == people(resolve(corpus, judge(*lines[::-1])))


def test_reverting_is_leaving_the_line_out(corpus: list[Record]) -> None:
    assert resolve(corpus, judge("# same\t丹阜区/王平\t鹿亭县/王平\t")) == resolve(corpus)


def test_reject_a_claim_by_its_sentence(corpus: list[Record]) -> None:
    before = resolve(corpus)
    (tenure,) = (t for t in before.tenures if t.person == "丹阜区/高原")
    first = min(tenure.evidence, key=lambda ref: ref.article != corpus[0].id)
    after = resolve(corpus, judge(f"reject\t{first.id}\t高原\tnot he"))
    (left,) = (t for t in after.tenures if t.person == "丹阜区/高原")
    assert (left.first_seen, left.last_seen) == ("2021-03-18", "2021-03-18")
    assert people(after) == people(before)
    assert [t for t in after.tenures if t.person != "丹阜区/高原"] == [t for t in before.tenures if t.person != "丹阜区/高原"]


def test_reject_a_tenure_and_an_event_by_id(corpus: list[Record]) -> None:
    before = resolve(corpus)
    after = resolve(corpus, judge("reject\t丹阜区/高原|丹阜区政府|常务副区长\t\t", "reject\t2021-03-18/大会\t\tnever took place"))
    assert {t.id for t in before.tenures} - {t.id for t in after.tenures} == {"丹阜区/高原|丹阜区政府|常务副区长"}
    assert {e.id for e in before.events} - {e.id for e in after.events} == {"2021-03-18/大会"}


@pytest.mark.parametrize(("lines", "named"), [
    (("same\t丹阜区/王平\t鹿亭县/王平\t", "different\t鹿亭县/王平\t丹阜区/王平\t"), ("judgements.tsv:2", "judgements.tsv:3")),
    (("different\t丹阜区/王平\t鹿亭县/王平\t", "same\t丹阜区/王平\t丹阜区/高原\t", "same\t丹阜区/高原\t鹿亭县/王平\t"),
     ("judgements.tsv:2", "judgements.tsv:3", "judgements.tsv:4")),
    (("same\t甲报_2021-03-20_2.txt#1/王平\t甲报_2018-03-16_1.txt#1/王平\t",
      "different\t甲报_2018-03-16_1.txt#1/王平\t甲报_2021-03-20_2.txt#1/王平\t"), ("judgements.tsv:2", "judgements.tsv:3")),
    (("same\t丹阜区/王平\t丹阜区/张三\t",), ("judgements.tsv:2", "丹阜区/张三")),
    (("same\t丹阜区/王平\t丹阜区/王平~7\t",), ("judgements.tsv:2", "丹阜区/王平~7", "鹿亭县/王平")),
    (("different\t鹿亭县/陈静\t乙报_2019-11-23_2.txt#1/陈静\t",), ("judgements.tsv:2", "the corpus")),
    (("reject\t丹阜区/王平|丹阜区政府|区长\t\t",), ("judgements.tsv:2", "丹阜区/王平|丹阜区政府|区长")),
    (("reject\t0123456789abcdef:3-9\t\t",), ("judgements.tsv:2", "0123456789abcdef:3-9")),
])
def test_bad_judgements_name_their_lines(corpus: list[Record], lines: tuple[str, ...], named: tuple[str, ...]) -> None:
    with pytest.raises(JudgementError) as caught:
        resolve(corpus, judge(*lines))
    assert all(part in str(caught.value) for part in named), str(caught.value)


@pytest.mark.parametrize(("text", "named"), [
    ("maybe\ta\tb\t", ("judgements.tsv:1", "maybe")), ("same\ta", ("judgements.tsv:1", "two ids")),
    ("same\ta\ta\t", ("judgements.tsv:1", "twice")), ("\n\nsame a b", ("judgements.tsv:3", "columns")),
    ("same\ta\tb\tnote\tmore", ("judgements.tsv:1", "columns")), ("reject\t\t\t", ("judgements.tsv:1", "claim")),
])
def test_lines_that_cannot_be_read(text: str, named: tuple[str, ...]) -> None:
    with pytest.raises(JudgementError) as caught:
        parse_judgements(text)
    assert all(part in str(caught.value) for part in named), str(caught.value)


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match="nowhere"):
        read_judgements(tmp_path / "nowhere.tsv")
    (tmp_path / "gbk.tsv").write_bytes("verdict\ta\tb\tnote\nsame\t丹阜区/王平\t鹿亭县/王平\t\n".encode("gbk"))
    with pytest.raises(JudgementError, match=r"gbk\.tsv:2: not UTF-8"):
        read_judgements(tmp_path / "gbk.tsv")


def test_a_file_with_a_byte_order_mark_and_windows_lines(tmp_path: Path, corpus: list[Record]) -> None:
    path = tmp_path / "judgements.tsv"
    path.write_bytes("\ufeffverdict\ta\tb\tnote\r\nsame\t丹阜区/王平\t鹿亭县/王平\t\r\n".encode())
    assert "鹿亭县/王平" not in people(resolve(corpus, read_judgements(path)))


def test_explain_shows_merges_splits_and_judgements(corpus: list[Record]) -> None:
    lines = explain(resolve(corpus, judge("different\t丹阜区/王平\t鹿亭县/王平\tseen both")), "王平")
    text = "\n".join(lines)
    for part in ("丹阜区/王平", "鹿亭县/王平", "same_title (丹阜区人大主任)", "only_one +1", "clash -6",
                 "judgements.tsv:2: different 丹阜区/王平 | 鹿亭县/王平 (seen both)", "2018-03-14 to 2020-03-18"):
        assert part in text, text
    assert explain(resolve(corpus), "鹿亭县/王平")[0].startswith("鹿亭县/王平")
    assert explain(resolve(corpus), "李四") == ()


def test_a_judgement_whose_id_has_passed_to_somebody_else_is_named(tmp_path: Path) -> None:
    here = "衡泽市/丹阜区"
    told = [article("甲报_2018-03-16_1", here, [Said("王平", "丹阜区教育局|局长")]),
            article("甲报_2019-03-16_1", here, [Said("王平", "石桥铺街道办事处|主任"), Said("高原", "丹阜区|副区长")])]
    file = tmp_path / "judgements.tsv"
    file.write_text("same\t丹阜区/王平~2\t丹阜区/高原\t\n", encoding="utf-8")

    def built(records: list[Record]) -> Summary:
        write(sorted(records, key=lambda r: (r.source, r.number)), tmp_path / "records.jsonl")
        return kg.build((), tmp_path / "out", records_from=tmp_path / "records.jsonl", judgements=file)

    assert not built(told).doubtful
    assert not built(told).doubtful
    earlier = article("甲报_2017-03-16_1", here, [Said("王平", "丹阜区一中|教师|other")])
    (line,) = built([*told, earlier]).doubtful
    assert line == f"{file}:1: ids of this name have changed, 丹阜区/王平~2 may be somebody else now"
    assert not built([*told, earlier]).doubtful  # said once, then it stands
