"""A small invented district, made by hand so that every word of the ontology has something to say."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Byline, Campaign, Evidence, Mention, Person, Record
from kg.resolve.model import (
    AppearanceNode,
    Body,
    CampaignMonth,
    CampaignNode,
    Entity,
    EventNode,
    EvidenceRef,
    Issue,
    PersonnelChange,
    Place,
    PostNode,
    Resolution,
    Succession,
    Tenure,
)

_TEXTS = {
    "a1": "3月1日,丹阜区委召开创建文明城市推进会。区委书记高建设出席并讲话,区长司马长青主持会议,区领导王平、文静等参加会议。",
    "a2": "4月6日,区委书记高建设带队调研石桥铺街道和丹河公园,文静陪同。",
    "a3": "6月9日,丹阜区召开领导干部会议,宣布市委决定:"
    "司马长青任丹阜区委书记,免去高建设的区委书记职务。诸葛明任代区长。原区委书记高建设讲话。",
    "a4": "7月2日,区委书记、区政府党组书记司马长青主持区委常委会会议,代区长诸葛明列席。",
}
_DATES = {"a1": "2021-03-02", "a2": "2021-04-07", "a3": "2021-06-10", "a4": "2021-07-03"}
_PEOPLE = {
    "高建设": "丹阜区/高建设",
    "司马长青": "丹阜区/司马长青",
    "王平": "丹阜区/王平",
    "文静": "丹阜区/文静",
    "诸葛明": "丹阜区/诸葛明",
}
PLACE = ("衡泽市", "丹阜区")


def said(article: str, quote: str) -> EvidenceRef:
    start = _TEXTS[article].index(quote)
    return EvidenceRef(article, start, start + len(quote), quote)


def _record(number: int, ref: str) -> Record:
    text = _TEXTS[ref]
    people = tuple(
        Person(name, "official", (Mention(text.index(name), text.index(name) + len(name)),), entity)
        for name, entity in _PEOPLE.items()
        if name in text
    )
    evidence = (Evidence(0, 4, text[:4]),)
    return Record(
        id=ref,
        source=f"丹阜时讯_{_DATES[ref]}_A01.txt",
        number=number,
        headline=f"要闻{number}",
        text=text,
        published=_DATES[ref],
        paper="丹阜时讯",
        place=PLACE,
        page="A01",
        url="https://news.example/a?b=1&c=<2>" if ref == "a1" else None,
        people=people,
        bylines=(Byline("刘洋", "reporter", evidence, "hand"),) if ref == "a1" else (),
        campaigns=(Campaign("创建文明城市", evidence, "hand", campaign="创建文明城市"),) if ref == "a1" else (),
    )


def _tenure(
    name: str, body: str, post: str, seen: tuple[str | None, str | None], *evidence: EvidenceRef, **more: object
) -> Tenure:
    basis = "occurred" if seen[0] else None
    plain = Tenure(
        id=f"{_PEOPLE[name]}|{body}|{post}",
        person=_PEOPLE[name],
        name=name,
        post=f"{body}|{post}",
        post_name=post,
        body=body,
        body_name=body,
        class_="office",
        status="held",
        first_seen=seen[0],
        last_seen=seen[1],
        first_basis=basis,
        last_basis=basis,
        start=None,
        end=None,
        former_since=None,
        evidence=evidence,
    )
    return replace(plain, **more)


def _present(name: str, roles: tuple[str, ...], verbs: tuple[str, ...], *evidence: EvidenceRef, **more: object) -> AppearanceNode:
    plain = AppearanceNode(
        person=_PEOPLE[name],
        roles=roles,
        verbs=verbs,
        list=None,
        rank=None,
        list_size=None,
        open=False,
        list_label=None,
        order=None,
        venue=None,
        title=None,
        article=None,
        evidence=evidence,
    )
    return replace(plain, **more)


def _post(body: str, post: str, single: bool) -> PostNode:
    return PostNode(f"{body}|{post}", post, body, "office", single)


def _events() -> tuple[EventNode, ...]:
    both = said("a1", "区领导王平、文静等参加会议")
    listed = {"list": 1, "list_size": 2, "open": True, "list_label": "区领导", "order": "by_stroke", "article": "a1"}
    seated = {"list": 1, "list_size": 2, "article": "a3"}
    return (
        EventNode(
            "2021-03-01/创建文明城市推进会",
            "创建文明城市推进会",
            "meeting",
            "2021-03-01",
            None,
            (),
            ("a1",),
            ("创建文明城市",),
            (("丹阜区委", "convene"), ("石桥铺街道", "host")),
            (
                _present(
                    "高建设",
                    ("attend", "speak"),
                    ("出席", "讲话"),
                    said("a1", "区委书记高建设出席并讲话"),
                    title="区委书记",
                    venue="main",
                ),
                _present("司马长青", ("chair",), ("主持",), said("a1", "区长司马长青主持会议"), title="区长"),
                _present("王平", ("attend",), ("参加",), both, rank=1, **listed),
                _present("文静", ("attend",), ("参加",), both, rank=2, **listed),
            ),
            (said("a1", "3月1日,丹阜区委召开创建文明城市推进会"),),
            ("文明城市推进会",),
        ),
        EventNode(
            "2021-04-06/调研",
            "调研",
            "inspection",
            "2021-04-06",
            "石桥铺街道",
            ("石桥铺街道", "丹河公园"),
            ("a2",),
            ("创建文明城市",),
            (("石桥铺街道", "inspected"),),
            (
                _present(
                    "高建设", ("lead",), ("带队",), said("a2", "区委书记高建设带队调研石桥铺街道和丹河公园"), title="区委书记"
                ),
                _present("文静", ("accompany",), ("陪同",), said("a2", "文静陪同")),
            ),
            (said("a2", "区委书记高建设带队调研石桥铺街道和丹河公园"),),
        ),
        EventNode(
            "2021-06-09/领导干部会议",
            "领导干部会议",
            "meeting",
            "2021-06-09",
            "衡泽市/丹阜区",
            (),
            ("a3",),
            (),
            (("丹阜区委", "participate"),),
            (
                _present("高建设", ("speak",), ("讲话",), said("a3", "原区委书记高建设讲话"), rank=2, **seated),
                _present("司马长青", ("attend",), ("任",), said("a3", "司马长青任丹阜区委书记"), rank=1, **seated),
            ),
            (said("a3", "6月9日,丹阜区召开领导干部会议"),),
        ),
        EventNode(
            "2021-07-02/区委常委会会议",
            "区委常委会会议",
            "meeting",
            "XXXX-07-02",
            None,
            (),
            ("a4",),
            (),
            (),
            (
                _present(
                    "司马长青", ("chair",), ("主持",), said("a4", "司马长青主持区委常委会会议"), title="区委书记、区政府党组书记"
                ),
                _present("诸葛明", ("observe",), ("列席",), said("a4", "代区长诸葛明列席"), title="代区长"),
            ),
            (said("a4", "主持区委常委会会议"),),
        ),
    )


def make_small() -> Resolution:
    records = tuple(_record(number, ref) for number, ref in enumerate(_TEXTS, start=1))
    secretary, mayor = "丹阜区委|区委书记", "丹阜区政府|区长"
    return Resolution(
        records=records,
        people=tuple(
            Entity(
                ref,
                name,
                "official",
                ("高 建设",) if name == "高建设" else (),
                PLACE,
                tuple(r.id for r in records if name in r.text),
                sum(name in r.text for r in records),
                ("同名同地",),
            )
            for name, ref in sorted(_PEOPLE.items(), key=lambda item: item[1])
        ),
        bodies=(
            Body("丹阜区委", "丹阜区委", ("中共丹阜区委",), PLACE, None, "党委", "县", None),
            Body("丹阜区政府", "丹阜区政府", (), PLACE, None, "政府", "县", None),
            Body("石桥铺街道", "石桥铺街道", (), PLACE, "丹阜区政府", "街道乡镇", "乡", None),
            Body("石桥铺镇", "石桥铺镇", (), PLACE, "丹阜区政府", "街道乡镇", "乡", "石桥铺街道"),
        ),
        places=(
            Place("衡泽市", "衡泽市", ("衡泽市",), None, "市", None),
            Place("衡泽市/丹阜区", "丹阜区", PLACE, "999902", "县", "衡泽市"),
            Place("衡泽市/丹阜县", "丹阜县", ("衡泽市", "丹阜县"), None, "县", "衡泽市", ("丹阜",), "衡泽市/丹阜区"),
        ),
        posts=(
            _post("丹阜区委", "区委书记", True),
            _post("丹阜区政府", "区长", True),
            _post("丹阜区政府", "党组书记", True),
            _post("丹阜区委", "区委副书记", False),
        ),
        tenures=(
            _tenure(
                "高建设",
                "丹阜区委",
                "区委书记",
                ("2021-03-01", "2021-04-06"),
                said("a1", "区委书记高建设"),
                said("a2", "区委书记高建设"),
                said("a3", "免去高建设的区委书记职务"),
                end="2021-06-09",
                status="ended",
                former_since="2021-06-09",
            ),
            _tenure(
                "高建设",
                "丹阜区委",
                "区委副书记",
                (None, None),
                said("a3", "原区委书记高建设"),
                status="former",
                former_since="2021-06-09",
            ),
            _tenure(
                "司马长青",
                "丹阜区委",
                "区委书记",
                ("2021-06-09", "2021-07-03"),
                said("a3", "司马长青任丹阜区委书记"),
                said("a4", "区委书记、区政府党组书记司马长青"),
                start="2021-06-09",
            ),
            _tenure(
                "司马长青", "丹阜区政府", "区长", ("2021-03-01", "2021-03-01"), said("a1", "区长司马长青"), status="end_unknown"
            ),
            _tenure(
                "司马长青",
                "丹阜区政府",
                "党组书记",
                ("2021-07-02", "2021-07-02"),
                said("a4", "区政府党组书记司马长青"),
                first_basis="printed",
                last_basis="printed",
            ),
            _tenure(
                "诸葛明",
                "丹阜区政府",
                "区长",
                ("2021-06-09", "2021-07-02"),
                said("a3", "诸葛明任代区长"),
                said("a4", "代区长诸葛明"),
                status="acting",
            ),
        ),
        changes=(
            PersonnelChange(
                "a3|丹阜区/司马长青|丹阜区委|区委书记|appoint",
                "丹阜区/司马长青",
                "司马长青",
                secretary,
                "区委书记",
                "丹阜区委",
                "appoint",
                "2021-06-09",
                "市委",
                "a3",
                (said("a3", "司马长青任丹阜区委书记"),),
            ),
            PersonnelChange(
                "a3|丹阜区/高建设|丹阜区委|区委书记|remove",
                "丹阜区/高建设",
                "高建设",
                secretary,
                "区委书记",
                "丹阜区委",
                "remove",
                "2021-06-09",
                None,
                "a3",
                (said("a3", "免去高建设的区委书记职务"),),
            ),
        ),
        successions=(
            Succession(
                "丹阜区/高建设",
                "丹阜区/司马长青",
                secretary,
                "区委书记",
                "丹阜区委",
                "stated",
                64,
                1,
                (said("a3", "司马长青任丹阜区委书记"), said("a3", "免去高建设的区委书记职务")),
            ),
            Succession(
                "丹阜区/司马长青",
                "丹阜区/诸葛明",
                mayor,
                "区长",
                "丹阜区政府",
                "next_seen",
                100,
                2,
                (said("a3", "诸葛明任代区长"),),
                True,
            ),
        ),
        events=_events(),
        campaigns=(
            CampaignNode(
                "创建文明城市",
                "创建文明城市",
                ("创文",),
                "文明创建",
                "2021-03-01",
                "2021-04-06",
                ("a1",),
                ("丹阜区委",),
                (CampaignMonth("2021-03", 1, 1, 1, 1), CampaignMonth("2021-04", 0, 1, 1, 1)),
                (said("a1", "创建文明城市推进会"),),
            ),
            CampaignNode("文明创建", "文明创建", (), None, "2021-03", None, ("a1",), (), (), (said("a1", "创建文明城市推进会"),)),
        ),
        coverage=(
            *(Issue("丹阜时讯", _DATES[ref], "A01", 1, PLACE) for ref in _TEXTS),
            Issue("丹阜时讯", "2021-08-01", "A01", 0, PLACE),
        ),
        selection="complete",
    )
