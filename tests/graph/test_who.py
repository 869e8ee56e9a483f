"""Who led a place on a day: what is proven, what is near, and who has moved on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.errors import InputError
from kg.graph.who import holders, lines
from kg.model import Record
from kg.resolve.model import Body, EventNode, EvidenceRef, Issue, Place, PostNode, Resolution, Tenure

PLACE = ("衡泽市", "丹阜区")
BODIES = tuple(Body(name, name, (), place, None, system, "县", None) for name, place, system in (
    ("丹阜区委", PLACE, "党委"), ("丹阜区政府", PLACE, "政府"), ("丹阜区教育局党组", PLACE, "党委"),
    ("鹿亭县委", ("衡泽市", "鹿亭县"), "党委")))
POSTS = tuple(PostNode(f"{body}|{post}", post, body, "office", single) for body, post, single in (
    ("丹阜区委", "区委书记", True), ("丹阜区委", "区委副书记", False), ("丹阜区政府", "区长", True),
    ("丹阜区教育局党组", "党组书记", True), ("鹿亭县委", "县委书记", True)))
SAID = EvidenceRef("r", 0, 3, "他出席")


def seen(name: str, post: str, first: str | None, last: str | None, **more: Any) -> Tenure:
    body, title = post.split("|")
    plain = Tenure(f"{name}|{post}", name, name, post, title, body, body, "office", "end_unknown", first, last, None, None, None,
                   None, None, (SAID,))
    return replace(plain, **more)


def corpus(*tenures: Tenure, selection: Any = "unknown") -> Resolution:
    return Resolution((), (), BODIES, (), POSTS, tenures, (), (), (), (), (), selection)


def found(*tenures: Tenure, at: str = "2021-05-18") -> list[tuple[str, str, str, int]]:
    return [(h.tenure.name, h.tenure.post_name, h.standing, h.days) for h in holders(corpus(*tenures), "丹阜区", at)]


SECRETARY, DEPUTY, HEAD = "丹阜区委|区委书记", "丹阜区委|区委副书记", "丹阜区政府|区长"


@pytest.mark.parametrize(("first", "last", "more", "standing"), [
    ("2020-01-01", "2022-01-01", {}, ("proven", 0)),
    ("2020-01-01", "2021-05-08", {}, ("seen before", 10)),
    ("2021-05-28", "2022-01-01", {}, ("seen after", 10)),
    ("2021-05-28", "2022-01-01", {"start": "2021-05-01"}, ("proven", 0)),
    ("2020-01-01", "2021-05-08", {"end": "2021-06-01"}, ("proven", 0)),
    ("2021-05", "2021-05", {}, ("seen before", 17)),
    ("2020-01-01", "2021-05-08", {"end": "2021-05-10"}, None),
    ("2020-01-01", "2021-05-08", {"former_since": "2021-05-10"}, None),
    ("2021-05-28", "2022-01-01", {"start": "2021-05-20"}, None),
    ("XXXX-05-01", "XXXX-05-01", {}, None),
    (None, None, {"status": "former"}, None)])
def test_how_a_tenure_stands_to_a_day(first: str | None, last: str | None, more: dict[str, Any],
                                      standing: tuple[str, int] | None) -> None:
    expected = [("甲", "区委书记", *standing)] if standing else []
    assert found(seen("甲", SECRETARY, first, last, **more)) == expected


def test_a_single_seat_has_one_holder_where_the_texts_tell() -> None:
    before, now, after = (seen("前", SECRETARY, "2019-01-01", "2020-01-01"), seen("今", SECRETARY, "2021-01-01", "2021-12-01"),
                          seen("后", SECRETARY, "2022-01-01", "2022-12-01"))
    assert found(before, now, after) == [("今", "区委书记", "proven", 0)]
    later = seen("继", SECRETARY, "2020-06-01", "2020-06-01")
    assert found(before, later) == [("继", "区委书记", "seen before", 351)]
    assert [name for name, *_ in found(before, after)] == ["后", "前"]
    deputies = (replace(t, post=DEPUTY, post_name="区委副书记") for t in (before, now))
    assert len(found(*deputies)) == 2


def test_who_rose_is_not_also_the_deputy() -> None:
    deputy, secretary = seen("甲", DEPUTY, "2019-01-01", "2020-01-01"), seen("甲", SECRETARY, "2021-01-01", "2022-01-01")
    assert found(deputy, secretary) == [("甲", "区委书记", "proven", 0)]
    acting = seen("乙", HEAD, "2021-01-01", "2021-02-01", status="acting")
    assert found(acting, seen("乙", HEAD, "2021-03-01", "2022-01-01")) == [("乙", "区长", "proven", 0)]


def test_only_the_leading_bodies_of_the_place_in_the_order_of_protocol() -> None:
    everybody = [seen(str(n), post.id, "2020-01-01", "2022-01-01") for n, post in enumerate(reversed(POSTS))]
    assert [post for _, post, *_ in found(*everybody)] == ["区委书记", "区委副书记", "区长"]
    assert [h.tenure.post_name for h in holders(corpus(*everybody), "衡泽市/鹿亭县", "2021-01-01")] == ["县委书记"]


def test_the_lines_say_how_old_the_evidence_is_and_what_the_selection_hides() -> None:
    acting = seen("甲", SECRETARY, "2020-01-01", "2021-05-08", status="acting")
    shown = list(lines(corpus(acting, selection="keyword"), "丹阜区", "2021-05-18"))
    assert shown == ["丹阜区委 区委书记  甲 (acting)  last seen 10 days before", "    undated  「他出席」",
                     "The pages were chosen by keyword: who is not here may have been in office all the same."]
    assert list(lines(corpus(), "丹阜区", "2021-05-18")) == ["Nobody is seen in an office of 丹阜区 around 2021-05-18."]


def test_the_lines_say_how_much_was_read_in_between() -> None:
    told = Record(id="r", source="甲.txt", number=1, headline="", text="他出席", published="2021-05-08", paper="甲报")
    read = tuple(Issue("甲报", f"2021-05-{day:02}", "1", 1, PLACE) for day in (8, 10, 12, 20))
    shown = replace(corpus(seen("甲", SECRETARY, "2021-05-08", "2021-05-08")), records=(told,), coverage=read)
    assert next(lines(shown, "丹阜区", "2021-05-18")) == \
        "丹阜区委 区委书记  甲  last seen 10 days before (2 issues of 甲报 read in between)"
    assert next(lines(shown, "丹阜区", "2021-05-01")) == \
        "丹阜区委 区委书记  甲  first seen 7 days after (0 issues of 甲报 read in between)"
    assert next(lines(replace(shown, selection="keyword"), "丹阜区", "2021-05-18")).endswith("last seen 10 days before")


def test_of_those_seen_later_only_the_next_can_have_held_a_single_seat() -> None:
    soon, late = (seen(name, SECRETARY, day, day) for name, day in (("甲", "2022-01-01"), ("乙", "2023-01-01")))
    assert [name for name, *_ in found(soon, late)] == ["甲"]
    deputies = (replace(t, post=DEPUTY, post_name="区委副书记") for t in (soon, late))
    assert len(found(*deputies)) == 2


@pytest.mark.parametrize("name", ["丹阜区", "丹阜县"])
def test_a_renamed_place_is_one_place_under_either_name(name: str) -> None:
    old = ("衡泽市", "丹阜县")
    body = Body("丹阜县委", "丹阜县委", (), old, None, "党委", "县", "丹阜区委")
    post = PostNode("丹阜县委|县委书记", "县委书记", "丹阜县委", "office", True)
    holders_then = (seen("前", post.id, "2012-01-01", "2014-01-01"), seen("后", SECRETARY, "2016-01-01", "2021-01-01"))
    both = replace(corpus(*holders_then), bodies=(*BODIES, body), posts=(*POSTS, post), places=(
        Place("衡泽市/丹阜县", "丹阜县", old, None, "县", "衡泽市", (), "衡泽市/丹阜区"),
        Place("衡泽市/丹阜区", "丹阜区", PLACE, None, "县", "衡泽市")))
    shown = {at: [h.tenure.name for h in holders(both, name, at)] for at in ("2013-01-01", "2015-01-01", "2018-01-01")}
    assert shown == {"2013-01-01": ["前"], "2015-01-01": ["后", "前"], "2018-01-01": ["后"]}


@pytest.mark.parametrize(("first", "last", "more", "says"), [
    ("2020-01-01", "2022-01-01", {}, "stated before and after, 2020-01-01 to 2022-01-01"),
    ("2021-05-18", "2021-05-18", {}, "stated on that day"), ("2020-01-01", "2021-05-18", {}, "stated on that day"),
    ("2021-06-01", "2021-06-01", {"start": "2021-04-01"}, "stated before and after, 2021-04-01 to 2021-06-01")])
def test_what_is_proven_says_from_when_to_when(first: str, last: str, more: dict[str, Any], says: str) -> None:
    assert next(lines(corpus(seen("甲", SECRETARY, first, last, **more)), "丹阜区", "2021-05-18")).endswith(f"  {says}")


def test_the_sentence_of_a_page_without_a_date_counts_by_the_day_of_its_event() -> None:
    records = tuple(Record(id=id_, source=f"{id_}.txt", number=2, headline="", text=text, published=day)
                    for id_, text, day in (("r", "他出席", "2020-01-03"), ("s", "他\n主持", None)))
    event = EventNode("e", "会", "meeting", "2021-05-10", None, (), ("s",), (), (), (), ())
    held = seen("甲", SECRETARY, "2020-01-02", "2021-05-10", evidence=(SAID, EvidenceRef("s", 0, 4, "他\n主持")))
    shown = list(lines(replace(corpus(held), records=records, events=(event,)), "丹阜区", "2021-05-18"))
    assert shown == ["丹阜区委 区委书记  甲  last seen 8 days before", "    undated  「他 主持」  s.txt#2"]


def test_offices_without_a_date_are_counted() -> None:
    shown = list(lines(corpus(seen("甲", SECRETARY, "XXXX-05-01", "XXXX-05-01")), "丹阜区", "2021-05-18"))
    assert shown[0].startswith("Nobody is seen")
    assert shown[1].startswith("Not among them: 1 office held at no date with a year")


@pytest.mark.parametrize(("place", "at", "says"), [
    ("丹阜", "2021-05-18", "no body of such a place is known here; there are 丹阜区、鹿亭县"),
    ("丹阜区", "2021-05", "not a date"), ("丹阜区", "2021-13-40", "not a date"),
    ("丹阜区", "18/05/2021", "not a date"), ("丹阜区", "2021/05/18", "not a date"), ("丹阜区", "18-05-2021", "not a date"),
    ("无名区", "2021-05-18", "no body"),
    ("区", "2021-05-18", "no body")])
def test_bad_questions_are_named(place: str, at: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        holders(corpus(), place, at)


def test_a_name_of_two_places_asks_which() -> None:
    twice = replace(corpus(), bodies=(*BODIES, Body("x", "丹阜区委", (), ("别市", "丹阜区"), None, "党委", "县", None)))
    with pytest.raises(InputError, match="别市/丹阜区, 衡泽市/丹阜区"):
        holders(twice, "丹阜区", "2021-05-18")
