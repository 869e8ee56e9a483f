"""Laws that hold for every corpus: order does not matter, sameness is an equivalence, a judgement changes what it names."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from papers import Said, article

from kg.model import Record
from kg.resolve import events, people, resolve
from kg.resolve.ids import distinct
from kg.resolve.judgements import Judgements, parse_judgements
from kg.resolve.model import Resolution
from kg.resolve.union import Groups
from kg.resolve.when import bounds

PLACES = {"甲报": "衡泽市/丹阜区", "乙报": "衡泽市/鹿亭县", "丙报": "衡泽市", "丁报": "丹阜区"}
POSTS = (
    "", "丹阜区委|区委书记", "丹阜区|副区长", "丹阜区|区领导|list_label", "丹阜区卫计委|主任", "丹阜区卫健委|主任",
    "鹿亭县|县长", "鹿亭县|县长|acting", "鹿亭县公安局|政委", "青石镇党委|党委书记", "衡泽市|副市长", "|主任",
    "丹阜区委|区委书记|former", "丹阜区委|区委书记|appoint@2019-05-06", "丹阜区委|区委书记|remove@2019-05-06",
    "区一中|教师|other")
EVENTS = ("", "2019-05-06 推进会", "2019-05-06 安全生产推进会", "2019-05-06 检查防汛", "XXXX-05-06 推进会", "- 座谈会",
          "2019-05-06/2019-05-08 考察")
NAMES = ("王平", "陈静", "高建设", "艾尔肯·吐尔逊")

said = st.builds(Said, st.sampled_from(NAMES), st.sampled_from(POSTS), st.sampled_from(EVENTS), st.sampled_from(("", "", "村民")))
issues = st.sampled_from(("2018-03-16_", "2019-05-07_", "2019-05-08_", "2021-02-26_", "", ""))


@st.composite
def papers(draw: st.DrawFn) -> list[Record]:
    """Some pages of a few papers, each with one or two articles about people of few names."""
    found = {}
    for paper, issue, page in draw(st.lists(st.tuples(st.sampled_from(sorted(PLACES)), issues, st.integers(1, 3)), max_size=6)):
        for number in range(1, draw(st.integers(1, 2)) + 1):
            people = draw(st.lists(said, min_size=1, max_size=4))
            record = article(f"{paper}_{issue}{page}", PLACES[paper], people, number=number)
            found[record.source, record.number] = record
    return list(found.values())


def partition(resolution: Resolution) -> dict[tuple[str, int, str], str]:
    return {(r.source, r.number, p.name): p.entity or "" for r in resolution.records for p in r.people}


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(papers(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(corpus: list[Record], rng: random.Random) -> None:
    shuffled = list(corpus)
    rng.shuffle(shuffled)
    assert resolve(shuffled) == resolve(corpus)


@quick
@given(papers())
def test_everybody_is_somebody_and_all_names_lead_somewhere(corpus: list[Record]) -> None:
    resolution = resolve(corpus)
    people = {p.id: p for p in resolution.people}
    assert set(partition(resolution).values()) == set(people)
    assert len(people) == len(resolution.people)
    bodies, posts, events = ({n.id for n in nodes} for nodes in (resolution.bodies, resolution.posts, resolution.events))
    for t in resolution.tenures:
        assert t.person in people
        assert t.post in posts
        first, last = bounds(t.first_seen), bounds(t.last_seen)
        assert not (first and last) or first[0] <= last[1]
        assert (t.first_seen is None) == (t.last_seen is None) == (t.first_basis is None)
    for s in resolution.successions:
        assert s.predecessor != s.successor
        assert {s.predecessor, s.successor} <= set(people)
    for b in resolution.bodies:
        assert {b.part_of, b.renamed_to} - {None} <= bodies
    for p in resolution.posts:
        assert p.body is None or p.body in bodies
    assert {e.event for r in resolution.records for e in r.events} == events
    assert all(a.person in people for e in resolution.events for a in e.appearances)


@quick
@given(papers())
def test_resolving_what_is_resolved_changes_nothing(corpus: list[Record]) -> None:
    """Ids already in the records are an outcome and never an input."""
    once = resolve(corpus)
    assert resolve(once.records) == once


@quick
@given(papers(), st.data())
def test_a_judgement_changes_only_what_it_names(corpus: list[Record], data: st.DataObject) -> None:
    plain = resolve(corpus)
    before = partition(plain)
    if len(set(before.values())) < 2:
        return
    verdict = data.draw(st.sampled_from(("same", "different")))
    if verdict == "same":
        a, b = data.draw(st.sampled_from(list(combinations(sorted(set(before.values())), 2))))
        touched = {a, b}
    else:
        several = sorted(m for m in before if sum(e == before[m] for e in before.values()) > 1)
        if not several:
            return
        mention = data.draw(st.sampled_from(several))
        a, b = before[mention], f"{mention[0]}#{mention[1]}/{mention[2]}"
        touched = {a}
    judged = resolve(corpus, parse_judgements(f"{verdict}\t{a}\t{b}\t"))
    after = partition(judged)
    assert {m: e for m, e in after.items() if before[m] not in touched} == {m: e for m, e in before.items() if e not in touched}
    named = {after[m] for m in after if before[m] in touched}
    assert len(named) == (1 if verdict == "same" else 2)
    assert {t.id: t for t in judged.tenures if t.person not in named | touched} == \
        {t.id: t for t in plain.tenures if t.person not in named | touched}
    assert [b.id for b in judged.bodies] == [b.id for b in plain.bodies]
    assert [e.id for e in judged.events] == [e.id for e in plain.events]


@quick
@given(papers(), st.data())
def test_a_rejected_claim_is_gone_and_the_others_stand(corpus: list[Record], data: st.DataObject) -> None:
    plain = resolve(corpus)
    claims = [claim.id for kind in (plain.tenures, plain.changes, plain.events) for claim in kind]
    if not claims:
        return
    wrong = data.draw(st.sampled_from(claims))
    judged = resolve(corpus, parse_judgements(f"reject\t{wrong}\t\t"))
    assert partition(judged) == partition(plain)
    for kind in ("tenures", "events", "bodies", "campaigns"):
        before, after = getattr(plain, kind), getattr(judged, kind)
        if wrong in {c.id for c in plain.changes} and kind == "tenures":
            continue  # a rejected change takes the stated start or end with it
        assert {x.id: x for x in after} == {x.id: x for x in before if x.id != wrong}


@quick
@given(papers(), st.data())
def test_articles_of_another_county_change_nobody(corpus: list[Record], data: st.DataObject) -> None:
    """People and tenures are the same beside those of another county whose names they do not share. (Of another county of the
    same city: where the corpus has one city, a county that says nothing of its city is presumed there.)"""
    assume(any(record.place[0] == "衡泽市" for record in corpus))
    said_there = st.builds(Said, st.sampled_from(("石可人", "龙启智")), st.sampled_from(("远山县|县长", "远山县委|县委书记")),
                           st.sampled_from(EVENTS))
    people = data.draw(st.lists(said_there, min_size=1, max_size=3))
    other = article("远山报_2019-05-07_1", "衡泽市/远山县", people)
    alone, beside = resolve(corpus), resolve([*corpus, other])
    mine = partition(alone)
    assert {m: e for m, e in partition(beside).items() if m in mine} == mine
    assert {t.id: t for t in alone.tenures}.items() <= {t.id: t for t in beside.tenures}.items()


def test_the_work_grows_with_the_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs of people weighed and pairs of events compared, per article, in a corpus and in one four times as long."""
    counted: Counter[str] = Counter()
    for module, name in ((people, "weigh"), (people, "_weigh_bare"), (events, "likeness")):
        monkeypatch.setattr(module, name, _counting(getattr(module, name), counted))

    def work(articles: int) -> float:
        counted.clear()
        resolve(_years(articles))
        return sum(counted.values()) / articles

    assert 0 < work(800) <= 1.5 * work(200)


def _counting(function: Callable[..., object], counted: Counter[str]) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        counted[function.__name__] += 1
        return function(*arguments, **named)
    return call


def _years(articles: int) -> list[Record]:
    """The papers of two counties, an article every other day: posts change hands every four years among bearers of few names,
    half of the mentions are bare, villagers are new each time."""
    rng = random.Random(1)
    posts = ("委|区委书记", "|区长", "|副区长", "教育局|局长", "公安局|局长", "政协|区政协主席")
    found = []
    for n in range(articles):
        day, place = date(2008, 1, 1) + timedelta(days=2 * n), ("丹阜区", "墨池区")[n % 2]
        event = f"{day} 第{n}次推进会"
        names = [f"{'赵钱孙李周吴'[(k + day.year // 4) % 6]}{'安平'[n % 2]}" for k in range(len(posts))]
        leaders = [Said(name, f"{place}{post}" if rng.random() < 0.5 else "", event)
                   for name, post in zip(names, posts, strict=True)]
        other = Said("王" + rng.choice("甲乙丙丁戊己庚辛") + rng.choice("子丑寅卯辰巳午未"), "", event, "村民")
        found.append(article(f"{place}报_{day}_1", f"衡泽市/{place}", [*rng.sample(leaders, 4), other], number=n + 1))
    return found


@quick
@given(papers(), st.data())
def test_sameness_is_an_equivalence(corpus: list[Record], data: st.DataObject) -> None:
    """Judgements in any number and order: the classes are those of the smallest equivalence that holds them."""
    before = partition(resolve(corpus))
    ids = sorted(set(before.values()))
    if len(ids) < 2:
        return
    pairs = data.draw(st.lists(st.sampled_from(list(combinations(ids, 2))), max_size=4))
    judgements = Judgements(tuple(row for a, b in pairs for row in parse_judgements(f"same\t{a}\t{b}\t").rows))
    after = partition(resolve(corpus, judgements))
    groups = Groups(ids)
    for a, b in pairs:
        groups.join(a, b)
    for m, n in combinations(sorted(before), 2):
        assert (after[m] == after[n]) == (groups.find(before[m]) == groups.find(before[n]))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_groups_do_not_depend_on_the_order_of_joining(pairs: list[tuple[int, int]]) -> None:
    one, other = Groups(range(10)), Groups(range(10))
    for a, b in pairs:
        one.join(a, b)
    for a, b in reversed(pairs):
        other.join(b, a)
    assert one.sets() == other.sets()
    assert all(one.find(a) == min(group) for group in one.sets() for a in group)


@given(st.dictionaries(st.integers(), st.sampled_from(("王平", "陈静", "王平~2"))))
def test_ids_are_distinct(names: dict[int, str]) -> None:
    ids = distinct((name, number) for number, name in names.items())
    assert len(set(ids.values())) == len(names)


def test_an_empty_corpus() -> None:
    resolution = resolve([])
    assert (resolution.records, resolution.people, resolution.tenures, resolution.events) == ((), (), (), ())


@pytest.mark.parametrize("selection", ["complete", "keyword", "unknown"])
def test_selection_is_kept_and_changes_no_fact(selection: str) -> None:
    corpus = [article("甲报_2018-03-16_1", PLACES["甲报"], [Said("王平", "丹阜区|副区长")])]
    resolution = resolve(corpus, selection=selection)  # type: ignore[arg-type]
    assert resolution.selection == selection
    assert resolution.tenures == resolve(corpus).tenures
