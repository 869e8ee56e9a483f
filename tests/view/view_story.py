"""A small invented corpus, resolved by hand, so that the viewer's tests rest on the viewer alone; and a hostile one."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Byline, Evidence, Person, Record, Role
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
    TenureStatus,
)

TEXTS = {
    "a1": ("2018-03-16", "全区攻坚战动员大会召开",
           "3月14日,丹阜区攻坚战动员大会召开。区委书记高建设出席会议并讲话;"
           "区长司马长青主持会议。王平参加会议。"),
    "a2": ("2019-02-22", "高建设调研创卫工作", "2月20日,区委书记高建设到梅渡镇调研创卫工作。区长司马长青陪同调研。"),
    "a3": ("2021-02-26", "丹阜区召开干部大会",
           "2月24日,市委决定:司马长青任丹阜区委书记,免去高建设的丹阜区委书记职务。区长候选人单红出席大会。"),
    "a4": ("2022-01-21", "创卫推进会召开", "1月20日,区委书记司马长青主持召开创建国家卫生城市推进会,区长单红讲话。"),
}
PLACE = ("衡泽市", "丹阜区")


def record(ref: str) -> Record:
    published, headline, body = TEXTS[ref]
    text = f"{headline}\n{body}"
    return Record(ref, f"丹阜时讯_{published}_A01.txt", 1, headline, text, body_start=len(headline) + 1, published=published,
                  paper="丹阜时讯", place=PLACE, page="A01", url=f"https://example.org/{ref}")


def quoted(ref: str, quote: str) -> tuple[EvidenceRef, ...]:
    """Evidence by its words, which must stand in the article."""
    start = record(ref).text.index(quote)
    return (EvidenceRef(ref, start, start + len(quote), quote),)


def person(ref: str, *articles: str, official: bool = True, aliases: tuple[str, ...] = ()) -> Entity:
    return Entity(f"丹阜区/{ref}", ref, "official" if official else "other", aliases, PLACE, articles, len(articles),
                  (f"{ref}:同名同地同职",))


def appears(name: str, article: str, quote: str, role: Role, verb: str, title: str | None = None) -> AppearanceNode:
    return AppearanceNode(f"丹阜区/{name}", (role,), (verb,), None, None, None, False, None, None, None, title, article,
                          quoted(article, quote))


def tenure(name: str, post: str, body: str, first: str, last: str, article: str, quote: str, *, status: TenureStatus = "held",
           start: str | None = None, end: str | None = None) -> Tenure:
    return Tenure(f"{name}|{body}|{post}", f"丹阜区/{name}", name, f"{body}|{post}", post, body, body, "office", status, first,
                  last, "occurred", "occurred", start, end, None, quoted(article, quote))


def story() -> Resolution:
    """Two secretaries, one succession stated, a campaign over two events, and a head of government to come."""
    events = (
        EventNode("2018-03-14/攻坚战动员大会", "攻坚战动员大会", "meeting", "2018-03-14", None, (), ("a1",), (),
                  (("丹阜区委", "convene"),),
                  (appears("高建设", "a1", "区委书记高建设出席会议并讲话", "speak", "讲话", "丹阜区委书记"),
                   appears("司马长青", "a1", "区长司马长青主持会议", "chair", "主持", "丹阜区政府区长"),
                   appears("王平", "a1", "王平参加会议", "attend", "参加")),
                  quoted("a1", "丹阜区攻坚战动员大会召开")),
        EventNode("2019-02-20/调研创卫工作", "调研创卫工作", "inspection", "2019-02-20", "衡泽市/丹阜区", ("梅渡镇",), ("a2",),
                  ("创卫",), (),
                  (appears("高建设", "a2", "区委书记高建设到梅渡镇调研创卫工作", "lead", "调研"),
                   appears("司马长青", "a2", "区长司马长青陪同调研", "accompany", "陪同")),
                  quoted("a2", "区委书记高建设到梅渡镇调研创卫工作")),
        EventNode("2022-01-20/创卫推进会", "创卫推进会", "meeting", "2022-01-20", None, (), ("a4",), ("创卫",),
                  (("丹阜区政府", "host"),),
                  (appears("司马长青", "a4", "区委书记司马长青主持召开创建国家卫生城市推进会", "chair", "主持"),
                   appears("单红", "a4", "区长单红讲话", "speak", "讲话")),
                  quoted("a4", "创建国家卫生城市推进会")),
        EventNode("XXXX/座谈会", "无日期座谈会", "meeting", None, None, (), (), (), (), (), ()),
    )
    seat, office = ("区委书记", "丹阜区委"), ("区长", "丹阜区政府")
    tenures = (
        tenure("高建设", *seat, "2018-03-14", "2019-02-20", "a1", "区委书记高建设", status="ended", end="2021-02-24"),
        tenure("司马长青", *office, "2018-03-14", "2019-02-20", "a1", "区长司马长青主持会议", status="end_unknown"),
        tenure("司马长青", *seat, "2022-01-20", "2022-01-20", "a3", "司马长青任丹阜区委书记", start="2021-02-24"),
        tenure("单红", *office, "2022-01-20", "2022-01-20", "a4", "区长单红讲话"),
    )
    successions = (
        Succession("丹阜区/高建设", "丹阜区/司马长青", "丹阜区委|区委书记", *seat, "stated", 735, 0,
                   quoted("a3", "司马长青任丹阜区委书记")),
        Succession("丹阜区/司马长青", "丹阜区/单红", "丹阜区政府|区长", *office, "next_seen", 1065, 2,
                   quoted("a4", "区长单红讲话")),
    )
    changes = (PersonnelChange("a3/1", "丹阜区/司马长青", "司马长青", "丹阜区委|区委书记", *seat, "appoint", "2021-02-24", "市委",
                               "a3", quoted("a3", "市委决定:司马长青任丹阜区委书记")),)
    campaign = CampaignNode("创卫", "创建国家卫生城市", ("创卫",), None, "2019-02-22", "2022-01-21", ("a2", "a4"),
                            ("丹阜区政府",), (CampaignMonth("2019-02", 1, 1, 1, 1), CampaignMonth("2022-01", 1, 1, 1, 1)),
                            quoted("a4", "创建国家卫生城市推进会"))
    records = tuple(record(ref) for ref in TEXTS)
    start = records[0].text.index("王平")
    records = (replace(records[0], bylines=(Byline("刘洋", "reporter", (Evidence(start, start + 2, "王平"),), "byline"),),
                       people=(Person("王平", "other", ()),)), *records[1:])
    return Resolution(
        records=records,
        people=(person("单红", "a3", "a4"), person("司马长青", "a1", "a2", "a3", "a4"), person("王平", "a1", official=False),
                person("高建设", "a1", "a2", "a3", aliases=("高书记",))),
        bodies=(Body("丹阜区委", "丹阜区委", ("中共丹阜区委",), PLACE, None, "党委", "县", None),
                Body("丹阜区政府", "丹阜区政府", (), PLACE, None, "政府", "县", None)),
        places=(Place("衡泽市", "衡泽市", ("衡泽市",), None, "市", None),
                Place("衡泽市/丹阜区", "丹阜区", PLACE, "990101", "县", "衡泽市")),
        posts=(PostNode("丹阜区委|区委书记", "区委书记", "丹阜区委", "office", True),
               PostNode("丹阜区政府|区长", "区长", "丹阜区政府", "office", True)),
        tenures=tenures, changes=changes, successions=successions, events=events, campaigns=(campaign,),
        coverage=tuple(Issue("丹阜时讯", published, "A01", 1, PLACE) for published, *_ in TEXTS.values()),
        selection="complete")


HOSTILE = ("<script>window.hacked=1</script>", "</script><script>window.hacked=2</script>",
           '"><img src=x onerror="window.hacked=3">',
           "href=javascript:window.hacked=4", "{{ 7 * 7 }}'\"`${1}", "\u2028\u2029<!--<script>", "=HYPERLINK(1)", "𠮷\ud800&amp;")


def hostile() -> Resolution:
    """The story with every name, headline, sentence and address replaced by text that wants to be markup or script."""
    plain = story()
    text = "。".join(HOSTILE) + "。"
    spans = {word: (text.index(word), text.index(word) + len(word)) for word in HOSTILE}

    def evil(number: int) -> tuple[EvidenceRef, ...]:
        word = HOSTILE[number % len(HOSTILE)]
        return (EvidenceRef("a1", *spans[word], word),)

    records = tuple(replace(r, text=text, headline=HOSTILE[i], paper=HOSTILE[i + 1], url="javascript:window.hacked=5", bylines=(),
                            people=()) for i, r in enumerate(plain.records))
    return replace(
        plain, records=records,
        people=tuple(replace(p, name=HOSTILE[i], aliases=HOSTILE, reasons=HOSTILE) for i, p in enumerate(plain.people)),
        bodies=tuple(replace(b, name=HOSTILE[i + 2], aliases=(HOSTILE[i],)) for i, b in enumerate(plain.bodies)),
        posts=tuple(replace(p, post=HOSTILE[i + 4]) for i, p in enumerate(plain.posts)),
        events=tuple(replace(e, name=HOSTILE[i], sites=HOSTILE, evidence=evil(i), appearances=tuple(
            replace(a, verbs=(HOSTILE[j],), title=HOSTILE[j + 1], evidence=evil(j)) for j, a in enumerate(e.appearances)))
            for i, e in enumerate(plain.events)),
        campaigns=tuple(replace(c, label=HOSTILE[2], alt_labels=HOSTILE, evidence=evil(3)) for c in plain.campaigns),
        tenures=tuple(replace(t, evidence=evil(i)) for i, t in enumerate(plain.tenures)),
        successions=tuple(replace(s, evidence=evil(i)) for i, s in enumerate(plain.successions)),
        changes=tuple(replace(c, by=HOSTILE[1], evidence=evil(1)) for c in plain.changes),
        coverage=tuple(replace(i, paper=HOSTILE[0]) for i in plain.coverage))
