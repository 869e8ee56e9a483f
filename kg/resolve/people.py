"""Who is who: the mentions of one name in a corpus, divided into the people who bear it.

A mention here is one name in one article. Mentions of one name are compared with each other and with nobody else, first those
with posts: equal titles are one person at once, the rest are weighed by the features below, the surest pair first. Then list
labels (区领导陈静) and bare names (陈静出席) join the one whom their place and company point to. A name alone joins nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from heapq import heappop, heappush
from itertools import combinations, count
from typing import TypeVar

from kg.lexicon import forms, table
from kg.model import Record
from kg.resolve.bodies import BodyBook
from kg.resolve.claims import Claim, Title, leads_place, single_seat
from kg.resolve.events import Issue, Occasions
from kg.resolve.places import Chain, PlaceBook, county, level_of, related
from kg.resolve.titles import fold, fold_name
from kg.resolve.union import Groups
from kg.resolve.when import bounds

Span = tuple[date, date]
_VILLAGE_POST = re.compile(r"村|社区")
ENOUGH = 3.0  # the weight from which two groups of mentions are one person
NEAR = timedelta(days=45)  # two offices so close in time need more than order to be steps of one career
FAR = timedelta(days=8 * 365)  # without a sight, from which one frequent name is likely another's; twice as long for others


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one article, with all that the article says of its bearer."""

    place_in_corpus: int
    record: str
    where: str  # source#number, for people to read
    source: str
    name: str  # folded
    spelled: str  # as the record has it
    home: Chain  # the county, or city, that the paper is about, under its last name, below the city that it must belong to
    places: tuple[Chain, ...]  # counties and cities as stated: those of posts and list labels, else the paper's
    paper: str
    claims: tuple[Claim, ...]  # without list labels
    labels: frozenset[Chain]  # places whose leader a list label says the person is
    day: date | None
    occasions: frozenset[int]
    noun: str | None  # 村民, 种粮大户: what the text calls somebody who has no post
    reporter: bool  # the name is in the article's byline, and nothing else is said of it
    company: frozenset[str]  # names in the same list or sentence
    official: bool
    count: int

    @property
    def key(self) -> tuple[str, str]:
        return self.record, fold_name(self.spelled)

    @property
    def placed(self) -> bool:
        """Whether a post of a known body says whose official this is; a mere 主任 does not."""
        return any(c.title[0] or c.body or c.national for c in self.claims)


Held = TypeVar("Held")


def _spans(days: Iterable[tuple[Held, Span]]) -> dict[Held, Span]:
    """What is held -> the first and the last of its days."""
    found: dict[Held, Span] = {}
    for held, (start, end) in days:
        first, last = found.get(held, (start, end))
        found[held] = min(first, start), max(last, end)
    return found


@dataclass(frozen=True)
class Profile:
    """A group of mentions of one name, seen as one person."""

    mentions: tuple[Mention, ...]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for mention in self.mentions for claim in mention.claims)

    @cached_property
    def offices(self) -> tuple[Claim, ...]:
        """Posts in office at the time of the article."""
        return tuple(c for c in self.claims if c.class_ == "office" and c.status not in ("former", "nominee"))

    @cached_property
    def titles(self) -> frozenset[Title]:
        return frozenset(c.title for c in self.claims if c.status != "former")

    @cached_property
    def former(self) -> frozenset[Title]:
        return frozenset(c.title for c in self.claims if c.status == "former")

    @cached_property
    def houses(self) -> frozenset[tuple[Chain, str]]:
        """The bodies of the posts, at the root: party groups, offices and earlier names lead to the same house, and all of a
        township is one."""
        roots = {c.root for c in self.claims if c.root and c.root[0] and c.root[1] != c.root[0][-1]}
        return frozenset(roots | {(c.home, "") for c in self.claims if level_of(c.home) == "乡"})

    @cached_property
    def lines(self) -> frozenset[str]:
        """The names of the bureaus without their place: 公安局."""
        organs = (c.root[1].removeprefix(c.root[0][-1]) for c in self.offices if c.root and c.root[0] and not c.leads)
        return frozenset(organ for organ in organs if len(organ) > 2)

    @cached_property
    def homes(self) -> frozenset[Chain]:
        """Counties and cities of the posts in office and of former ones."""
        return frozenset(county(c.home) for c in self.claims if county(c.home))

    @cached_property
    def led(self) -> frozenset[Chain]:
        """Places whose leaders the person is among, by post or by list label."""
        return frozenset(c.home for c in self.claims if c.leads) | self.labels

    @cached_property
    def chairs(self) -> frozenset[Chain]:
        """Places whose congress or CPPCC the person chairs."""
        return frozenset(c.home for c in self.offices if re.search(r"人大主任$|政协主席$", c.title[1]))

    @cached_property
    def labels(self) -> frozenset[Chain]:
        return frozenset(chain for mention in self.mentions for chain in mention.labels)

    @cached_property
    def spans(self) -> Mapping[Title, Span]:
        """Title -> first and last day at which it is stated as held."""
        return _spans((c.title, c.days) for c in self.offices if c.days)

    @cached_property
    def counties(self) -> Mapping[Title, Chain]:
        """Title -> its county or city, under its last name."""
        return {c.title: county(c.home) for c in self.offices}

    @cached_property
    def homes_spans(self) -> Mapping[Chain, Span]:
        """County or city -> first and last day of office there."""
        return _spans((county(c.home), c.days) for c in self.offices if c.days and county(c.home))

    @cached_property
    def seconded(self) -> frozenset[Chain]:
        """Counties and cities of posts held on secondment (挂职)."""
        return frozenset(county(c.home) for c in self.claims if c.status == "seconded" and county(c.home))

    @cached_property
    def led_spans(self) -> Mapping[Chain, Span]:
        """Place -> first and last day among its leaders by post."""
        return _spans((c.home, c.days) for c in self.offices if c.leads and c.days)

    @cached_property
    def span(self) -> Span | None:
        """First and last day in office; of somebody with no office, in leading groups and the like, else as a former holder."""
        spans = list(self.spans.values()) or [
            c.days for c in self.claims if c.days and c.status not in ("former", "nominee") and c.class_ in ("ad_hoc", "grade")
        ] or [c.days for c in self.claims if c.days and c.status == "former"]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

    @cached_property
    def rank_first(self) -> float | None:
        """The highest rank on the first day of office."""
        return self._rank(0)

    @cached_property
    def rank_last(self) -> float | None:
        return self._rank(1)

    def _rank(self, end: int) -> float | None:
        if self.span is None:
            return None
        ranks = [c.rank for c in self.offices if c.rank is not None and c.days and abs(c.days[end] - self.span[end]) <= 2 * NEAR]
        return max(ranks, default=None)

    @cached_property
    def jointly(self) -> frozenset[frozenset[Title]]:
        """Pairs of titles that one article gives together: concurrent posts."""
        found: set[frozenset[Title]] = set()
        for mention in self.mentions:
            now = sorted({c.title for c in mention.claims if c.status not in ("former", "nominee")})
            found.update(frozenset(pair) for pair in combinations(now, 2))
        return frozenset(found)

    @cached_property
    def served_together(self) -> frozenset[frozenset[Chain]]:
        """Pairs of counties and cities in which one article gives posts at once: 市委常委、区委书记."""
        found: set[frozenset[Chain]] = set()
        for mention in self.mentions:
            homes = sorted({county(c.home) for c in mention.claims if c.status not in ("former", "nominee") and county(c.home)})
            found.update(frozenset(pair) for pair in combinations(homes, 2))
        return frozenset(found)

    @cached_property
    def occasions(self) -> frozenset[int]:
        return frozenset(o for mention in self.mentions for o in mention.occasions)

    @cached_property
    def national(self) -> bool:
        return any(c.national for c in self.claims)

    @cached_property
    def in_office(self) -> bool:
        return any(c.class_ in ("office", "ad_hoc", "grade") for c in self.claims) or bool(self.labels)

    @cached_property
    def of_village(self) -> bool:
        """All posts are in a village (洗马塘村党支部书记): a villager too."""
        return bool(self.claims) and not self.labels and all(
            _VILLAGE_POST.search(c.title[1]) or level_of(c.home) == "村" for c in self.claims)

    @cached_property
    def nouns(self) -> frozenset[str]:
        return frozenset(mention.noun for mention in self.mentions if mention.noun)

    @cached_property
    def days(self) -> Span | None:
        days = [mention.day for mention in self.mentions if mention.day]
        return (min(days), max(days)) if days else None

    @cached_property
    def changed(self) -> bool:
        """An article reports that a post was left or taken up."""
        return bool(self.former)


# --- features: pairs of people with posts ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feature:
    """A reason for or against, its weight, and the sentence that explains it (the test's docstring)."""

    name: str
    weight: float
    test: Callable[[Profile, Profile], bool]


def same_title(a: Profile, b: Profile) -> bool:
    """both hold the same post of the same body"""
    return bool(a.titles & b.titles)


def stated_move(a: Profile, b: Profile) -> bool:
    """one is said to have held before what the other holds (原丹阜区委书记)"""
    return bool(a.former & (b.titles | b.former)) or bool(b.former & (a.titles | a.former))


def same_house(a: Profile, b: Profile) -> bool:
    """posts in the same body, its party group or office, or the body under its earlier name; leaders have their circle instead"""
    return bool(a.houses & b.houses) and not same_circle(a, b)


def same_circle(a: Profile, b: Profile) -> bool:
    """both are among the leaders of the same place"""
    return bool(a.led & b.led)


def same_place(a: Profile, b: Profile) -> bool:
    """posts in the same county or city"""
    return bool(a.homes & b.homes)


def place_above(a: Profile, b: Profile) -> bool:
    """posts in a county and in the city above it"""
    return not same_place(a, b) and any(related(x, y) for x in a.homes for y in b.homes)


def other_place(a: Profile, b: Profile) -> bool:
    """posts in places of which neither lies in the other"""
    return bool(a.homes and b.homes) and not any(related(x, y) for x in a.homes for y in b.homes)


def one_city(a: Profile, b: Profile) -> bool:
    """posts in one city or its counties, under a name that is not frequent: officials of a city seldom share one"""
    return not is_frequent(a.mentions[0].name) and bool(a.homes and b.homes) and (same_place(a, b) or _one_city(a, b))


def same_line(a: Profile, b: Profile) -> bool:
    """posts in bureaus of one line in different places (县公安局, 市公安局)"""
    return not same_place(a, b) and bool(a.lines & b.lines)


def same_event(a: Profile, b: Profile) -> bool:
    """both were at the same event, told twice"""
    return bool(a.occasions & b.occasions)


def side_by_side(a: Profile, b: Profile) -> bool:
    """both are among the leaders of the same place within weeks: so few people seldom share a name"""
    return any(_days_between(a.led_spans[place], b.led_spans[place]) <= NEAR for place in a.led_spans.keys() & b.led_spans.keys())


def in_sequence(a: Profile, b: Profile) -> bool:
    """one is seen in office only before the other"""
    gap = _gap(a, b)
    return gap is not None and gap > NEAR


def undated(a: Profile, b: Profile) -> bool:
    """one of them is seen at no known date, so nothing in time speaks against it"""
    return bool(a.offices and b.offices) and (a.span is None or b.span is None)


def step_up(a: Profile, b: Profile) -> bool:
    """the later post ranks higher, by no more than careers go"""
    return (climb := _climb(a, b)) is not None and 0 < climb <= 2


def step_down(a: Profile, b: Profile) -> bool:
    """the later post ranks lower"""
    return (climb := _climb(a, b)) is not None and climb < 0


def second_line(a: Profile, b: Profile) -> bool:
    """the earlier chairs a congress or a CPPCC, the last station of a career, the later leads in party or government"""
    earlier, later = _ordered(a, b)
    return earlier is not None and later is not None and not earlier.chairs.isdisjoint(later.led) and not later.chairs


def leader_moves(a: Profile, b: Profile) -> bool:
    """leaders are few and change places within a city: first a leader in one, later in another or above"""
    earlier, later = _ordered(a, b)
    if earlier is None or later is None or same_place(a, b):
        return False
    climb = _climb(a, b)
    return climb is not None and climb >= 0 and all(any(c.leads for c in x.offices) for x in (a, b)) and _one_city(a, b)


def secondment(a: Profile, b: Profile) -> bool:
    """one is in a county on secondment (挂职), the other in office elsewhere, whence one is sent and whither one returns"""
    return any(x.seconded and y.offices and not y.homes & x.homes for x, y in ((a, b), (b, a)))


def concurrent(a: Profile, b: Profile) -> bool:
    """one of the posts is of the kind that officials hold beside their own (a leading group, a headquarters)"""
    return same_place(a, b) and any({c.class_ for c in x.claims} == {"ad_hoc"} for x in (a, b))


def clash(a: Profile, b: Profile) -> bool:
    """both in office at the same time in places or bodies that nobody serves at once"""
    return _clash_of_places(a, b) or _clash_of_bodies(a, b)


def too_soon(a: Profile, b: Profile) -> bool:
    """different bodies of one place within weeks, and no word of a change"""
    gap = _gap(a, b)
    return (gap is not None and gap <= NEAR and not same_house(a, b) and not same_circle(a, b)
            and not a.changed and not b.changed and not _leads_either(a, b))


def other_walk(a: Profile, b: Profile) -> bool:
    """an official, and somebody whose only posts are of another walk of life (a teacher, a manager)"""
    return bool(a.claims and b.claims) and a.in_office != b.in_office


def civilian(a: Profile, b: Profile) -> bool:
    """an official above the village, and somebody whom the text calls a villager, a pupil, a customer"""
    return any(x.in_office and not x.of_village and bool(y.nouns) and not y.in_office for x, y in ((a, b), (b, a)))


def frequent_name(a: Profile, b: Profile) -> bool:
    """a name that many people bear"""
    return is_frequent(a.mentions[0].name)


def rare_name(a: Profile, b: Profile) -> bool:
    """a name that few people bear"""
    return is_rare(a.mentions[0].name)


FEATURES = (
    Feature("stated_move", 5, stated_move),
    Feature("same_house", 4, same_house),
    Feature("same_circle", 4, same_circle),
    Feature("side_by_side", 2, side_by_side),
    Feature("same_event", 4, same_event),
    Feature("same_place", 2, same_place),
    Feature("place_above", 1, place_above),
    Feature("one_city", 1, one_city),
    Feature("same_line", 1, same_line),
    Feature("leader_moves", 3, leader_moves),
    Feature("in_sequence", 1, in_sequence),
    Feature("undated", 0.5, undated),
    Feature("step_up", 1, step_up),
    Feature("concurrent", 2, concurrent),
    Feature("secondment", 1.5, secondment),
    Feature("rare_name", 1, rare_name),
    Feature("frequent_name", -1, frequent_name),
    Feature("step_down", -2, step_down),
    Feature("second_line", -3, second_line),
    Feature("other_place", -2, other_place),
    Feature("too_soon", -2, too_soon),
    Feature("other_walk", -3, other_walk),
    Feature("civilian", -5, civilian),
    Feature("clash", -6, clash),
)


def weigh(a: Profile, b: Profile) -> tuple[float, tuple[Feature, ...]]:
    """The sum of the weights of the features that hold of two profiles, and those features."""
    held = tuple(feature for feature in FEATURES if feature.test(a, b))
    return sum(feature.weight for feature in held), held


def _ordered(a: Profile, b: Profile) -> tuple[Profile | None, Profile | None]:
    """The two in the order of their time in office; None where they overlap or are not dated."""
    if a.span is None or b.span is None:
        return None, None
    if a.span[1] < b.span[0]:
        return a, b
    return (b, a) if b.span[1] < a.span[0] else (None, None)


def _gap(a: Profile, b: Profile) -> timedelta | None:
    earlier, later = _ordered(a, b)
    if earlier is None or later is None or earlier.span is None or later.span is None:
        return None
    return later.span[0] - earlier.span[1]


def _climb(a: Profile, b: Profile) -> float | None:
    earlier, later = _ordered(a, b)
    if earlier is None or later is None or earlier.rank_last is None or later.rank_first is None:
        return None
    return later.rank_first - earlier.rank_last


def _ranks_as_leader(profile: Profile) -> bool:
    return any(c.rank is not None and c.rank >= 2 for c in profile.offices)


def _leads_either(a: Profile, b: Profile) -> bool:
    return any(c.leads for c in (*a.offices, *b.offices))


def _one_city(a: Profile, b: Profile) -> bool:
    return any((len(x) > 1 and x[:-1] == y[:-1]) or related(x, y) for x in a.homes for y in b.homes)


def _clash_of_places(a: Profile, b: Profile) -> bool:
    for x, first in a.homes_spans.items():
        for y, second in b.homes_spans.items():
            if x != y and _overlap(first, second) and frozenset((x, y)) not in a.served_together | b.served_together and \
                    x not in a.seconded and y not in b.seconded:
                return True
    return False


def _clash_of_bodies(a: Profile, b: Profile) -> bool:
    both = a.jointly | b.jointly
    for s, first in a.spans.items():
        for t, second in b.spans.items():
            if s == t or a.counties[s] != b.counties[t] or frozenset((s, t)) in both:
                continue
            if _overlap(first, second):
                if _exclusive(s, t) or not (leads_place(s) or leads_place(t) or same_house(a, b)):
                    return True
            elif _too_far_to_step(s, t) and not (a.changed or b.changed) and _days_between(first, second) <= NEAR:
                return True
    return False


def _exclusive(s: Title, t: Title) -> bool:
    """Posts that one person cannot hold at once: congress, government, CPPCC and courts watch each other, and whoever heads a
    township is not one of the county's leaders (its secretary can be one of the deputies)."""
    if _too_far_to_step(s, t):
        return True
    if not (leads_place(s) and leads_place(t)):
        return False
    houses = [_HOUSE.match(whole.removeprefix(place[-1])) for place, whole in (s, t)]
    return bool(houses[0] and houses[1]) and len({_house(h[0]) for h in houses if h}) == 2


def _too_far_to_step(s: Title, t: Title) -> bool:
    """A post in a township or village and one of the county's leaders', which nobody holds at once or takes up the week after:
    all, but a township's secretary can be a deputy of the county's (县委常委, 副县长) too."""
    below, above = sorted((s, t), key=lambda title: -len(title[0]))
    if level_of(below[0]) not in ("乡", "村") or level_of(above[0]) in ("乡", "村") or not leads_place(above):
        return False
    return not (re.search(r"(?<!副)书记$", below[1]) and re.search(r"常委$|副(?!书记)", above[1]))


def _days_between(a: Span, b: Span) -> timedelta:
    return max(b[0] - a[1], a[0] - b[1], timedelta(0))


_HOUSE = re.compile(r"人大|政协|法院|中院|高院|检察院|(?:常务|第一)?副?[省市区县旗州盟]?长$")


def _house(word: str) -> str:
    return "政府" if word.endswith("长") else word


def _overlap(a: Span, b: Span) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


@cache
def _surnames() -> Mapping[str, str]:
    return {row["form"]: row["class"] for row in table("surnames")}


@cache
def _given() -> frozenset[str]:
    return frozenset(forms("given_names"))


# The twenty most frequent surnames, which half of all Chinese bear (census of 2020, Ministry of Public Security).
_MOST_FREQUENT = frozenset("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗")


def is_frequent(name: str) -> bool:
    """One of the most frequent surnames with a frequent given name (王平, 张建国): a city has several officials of that name."""
    return name[:1] in _MOST_FREQUENT and name[1:] in _given()


def is_rare(name: str) -> bool:
    """A compound or rare surname, or a name of more than three characters: 司马长青, 古丽娜尔·阿不都."""
    return len(name) > 3 or _surnames().get(name[:2]) == "compound" or _surnames().get(name[:1]) in ("rare", None)


# --- grouping -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """One person as found, before ids: mentions in the order of the corpus, and why they are together."""

    mentions: tuple[Mention, ...]
    reasons: tuple[str, ...] = ()

    @cached_property
    def profile(self) -> Profile:
        return Profile(self.mentions)

    @cached_property
    def sorted_days(self) -> tuple[date, ...]:
        return tuple(sorted(m.day for m in self.mentions if m.day))

    def with_more(self, mentions: Iterable[Mention], reasons: Iterable[str]) -> Person:
        both = sorted((*self.mentions, *mentions), key=lambda m: m.place_in_corpus)
        return Person(tuple(both), (*self.reasons, *reasons))


Reasons = list[tuple[str, float]]
# Features that point to one person, whoever else bears the name.
_CERTAIN = frozenset(("stated_move", "same_house", "same_circle", "same_event"))
MARGIN = 2.0  # how much surer than its rivals a pair without one of these has to be


def group(mentions: Sequence[Mention], leaders: Mapping[Chain, frozenset[str]]) -> list[Person]:
    """The people behind the mentions of one name.

    ``leaders``: the names of the leaders of each county and city, by the whole corpus; who stands in a list with them is likely
    one of them.
    """
    placed = [m for m in mentions if m.placed]
    listed = [m for m in mentions if m.labels and not m.placed]
    bare = [m for m in mentions if not m.labels and not m.placed]
    people = _merge(_by_title(placed))
    people = _attach(people, listed, lambda _: _weigh_label, _alike_labels)

    def weigh_bare(known: Sequence[Person]) -> Callable[[Person, Mention], Reasons]:
        @cache
        def there(home: Chain) -> list[Person]:
            return [person for person in known if _is_at(person, home)]
        return lambda person, mention: _weigh_bare(person, mention, there(mention.home), leaders)

    people = _attach(people, bare, weigh_bare, _alike_bare)
    return sorted(people, key=lambda p: p.mentions[0].place_in_corpus)


def _by_title(mentions: Sequence[Mention]) -> list[Person]:
    """Mentions that share the title of a post of a known place are one person."""
    groups = Groups(range(len(mentions)))
    first: dict[Title, int] = {}
    for i, mention in enumerate(mentions):
        for claim in mention.claims:
            if claim.title[0] or claim.national:
                groups.join(i, first.setdefault(claim.title, i))
    people = []
    for members in groups.sets():
        own = tuple(mentions[i] for i in members)
        shared = Counter(title for m in own for title in {c.title[1] for c in m.claims})
        titles = "、".join(t for t, n in sorted(shared.items(), key=lambda item: (-item[1], item[0])) if n > 1)
        people.append(Person(own, (f"{len(own)} articles: same_title ({titles})",) if len(own) > 1 else ()))
    return people


def _merge(people: Sequence[Person]) -> list[Person]:
    """Join the surest pair until no pair is sure enough; of pairs as sure the one nearer in time, for a career is a chain.

    A pair that only place and order speak for stays apart where a rival would do as well for one of the two who cannot be the
    other: of the 王伟 of three counties one may have gone up to the city, but nothing says which.
    """
    alive = dict(enumerate(people))
    fresh = count(len(people))
    heap: list[tuple[float, timedelta, int, int]] = []
    why: dict[tuple[int, int], tuple[Feature, ...]] = {}
    offers: dict[int, dict[int, float]] = defaultdict(dict)

    def offer(i: int, j: int) -> None:
        value, held = weigh(alive[i].profile, alive[j].profile)
        if value >= ENOUGH:
            offers[i][j] = offers[j][i] = value
            heappush(heap, (-value, _gap(alive[i].profile, alive[j].profile) or timedelta(0), i, j))
            why[i, j] = held

    def contested(i: int, j: int) -> bool:
        return any(k in alive and k not in (i, j) and value > offers[x][y] - MARGIN
                   and clash(alive[k].profile, alive[y].profile) for x, y in ((i, j), (j, i)) for k, value in offers[x].items())

    for i, j in combinations(range(len(people)), 2):
        offer(i, j)
    while heap:
        _, _, i, j = heappop(heap)
        if i not in alive or j not in alive or (_CERTAIN.isdisjoint(f.name for f in why[i, j]) and contested(i, j)):
            continue
        a, b = alive.pop(i), alive.pop(j)
        reason = f"{_brief(a)} + {_brief(b)}: {_told((f.name, f.weight) for f in why[i, j])}"
        new = next(fresh)
        alive[new] = a.with_more(b.mentions, (*b.reasons, reason))
        for other in sorted(alive):
            if other != new:
                offer(other, new)
    return [alive[i] for i in sorted(alive)]


def _attach(people: Sequence[Person], loose: Sequence[Mention],
            weight: Callable[[Sequence[Person]], Callable[[Person, Mention], Reasons]],
            alike: Callable[[Mention], Hashable]) -> list[Person]:
    """Let mentions without posts join the person whom each points to most, again as long as some do (a mention brings the
    next one nearer in time); those left over are divided by ``alike``. ``weight``: what weighs a person and a mention, given
    all the people."""
    people, rest = list(people), list(loose)
    while rest:
        weigh_one = weight(people)
        joined: dict[int, list[Mention]] = defaultdict(list)
        told: dict[int, list[str]] = defaultdict(list)
        left = []
        for mention in rest:
            options = []
            for number, person in enumerate(people):
                reasons = weigh_one(person, mention)
                value = sum(w for _, w in reasons)
                if value >= ENOUGH:
                    options.append((-value, _distance(person, mention), number, reasons))
            options.sort()
            if options and not (len(options) > 1 and options[0][0] == options[1][0] == -ENOUGH):  # barely two, so neither
                _, _, number, reasons = options[0]
                joined[number].append(mention)
                told[number].append(f"{mention.where}: {_told(reasons)}")
            else:
                left.append(mention)
        people = [person.with_more(joined[n], told[n]) if n in joined else person for n, person in enumerate(people)]
        rest = left
        if not joined:
            break
    divided: dict[Hashable, list[Mention]] = defaultdict(list)
    for mention in rest:
        divided[alike(mention)].append(mention)
    return people + [person for own in divided.values() for person in _by_time(own)]


def _by_time(mentions: Sequence[Mention]) -> list[Person]:
    """Mentions of nobody known that could be one person: one, as long as no stretch of many years divides them."""
    groups: list[list[Mention]] = []
    for mention in sorted(mentions, key=lambda m: (m.day or date.min, m.place_in_corpus)):
        last = groups[-1][-1] if groups else None
        if last is None or (mention.day and last.day and mention.day - last.day > _far(mention.name)):
            groups.append([])
        groups[-1].append(mention)
    reason = "articles: one name, one place, nobody else to be"
    return [Person(()).with_more(found, [f"{len(found)} {reason}"] if len(found) > 1 else []) for found in groups]


def _far(name: str) -> timedelta:
    return FAR if is_frequent(name) else 2 * FAR


def _told(reasons: Iterable[tuple[str, float]]) -> str:
    reasons = list(reasons)
    return f"{', '.join(f'{name} {weight:+g}' for name, weight in reasons)} = {sum(weight for _, weight in reasons):g}"


def _distance(person: Person, mention: Mention) -> int:
    """Days between a mention and the nearest one of a person's."""
    if mention.day is None or not person.sorted_days:
        return 0
    after = bisect_left(person.sorted_days, mention.day)
    return min(abs((day - mention.day).days) for day in person.sorted_days[max(0, after - 1):after + 1])


def _alike_labels(mention: Mention) -> Hashable:
    return tuple(sorted(mention.labels))


def _alike_bare(mention: Mention) -> Hashable:
    """What bare mentions of one person have in common: the place, and the post or noun that goes with the name. A frequent name
    with a noun says too little beyond its own page."""
    called = mention.noun or "、".join(sorted(c.title[1] for c in mention.claims))
    page = mention.source if called and is_frequent(mention.name) else ""
    return mention.home or mention.paper or mention.source, called, mention.reporter, page


def _weigh_label(person: Person, mention: Mention) -> Reasons:
    """How surely somebody in a list of leaders (区领导陈静) is a given person."""
    profile = person.profile
    reasons: Reasons = []
    if profile.led & mention.labels:
        reasons.append(("same_circle", 4))
    elif profile.homes & mention.labels:
        reasons += [("same_place", 2), ("frequent_name", -1) if is_frequent(mention.name) else ("only_one", 1)]
    elif _ranks_as_leader(profile) and any(related(x, y) for x in profile.homes for y in mention.labels):
        reasons += [("place_above", 1), *([] if is_frequent(mention.name) else [("one_city", 1.0)])]
        if mention.day and profile.span and profile.span[1] < mention.day:
            reasons += [("leader_moves", 1)]
    if profile.occasions & mention.occasions:
        reasons.append(("same_event", 4))
    if _elsewhere(profile, mention):
        reasons.append(("clash", -6))
    return reasons


def _weigh_bare(person: Person, mention: Mention, there: Sequence[Person], leaders: Mapping[Chain, frozenset[str]]) -> Reasons:
    """How surely a bare name is a given person: the place, the company, and whether anybody else of that name is ``there``."""
    profile = person.profile
    here = any(other is person for other in there) or (profile.national and not mention.occasions)
    reasons: Reasons = []
    if here:
        reasons += [("same_place", 2), *([("only_one", 1.0)] if len(there) <= 1 else [])]
    if profile.occasions & mention.occasions:
        reasons.append(("same_event", 4))
    elif not here and profile.homes:
        reasons.append(("other_place", -3))
        reasons += [("clash", -3.0)] if _elsewhere(profile, mention) else []
    if mention.company & leaders.get(mention.home, frozenset()) and _leads_by_then(profile, mention):
        reasons.append(("among_leaders", 2))
    if any(title[1].endswith(c.title[1]) for c in mention.claims for title in profile.titles | profile.former):
        reasons.append(("same_words", 2))
    elif mention.claims and profile.in_office and not any(c.class_ == "office" for c in mention.claims):
        reasons.append(("other_walk", -3))
    if mention.noun and not profile.of_village and (profile.in_office or mention.noun not in profile.nouns):
        reasons.append(("civilian", -5))
    if mention.reporter:
        reasons.append(("reporter", -5))
    far = _far(mention.name)
    if mention.day and profile.days and not (profile.days[0] - far <= mention.day <= profile.days[1] + far):
        reasons.append(("far_in_time", -2))
    return reasons


def _is_at(person: Person, home: Chain) -> bool:
    """Whether somebody belongs to a county or city: by a post or label there or in the city above; to a city, by one in
    its counties too."""
    places = person.profile.homes | person.profile.labels
    return bool(home) and any(related(place, home) for place in places if len(place) <= len(home) or level_of(home) == "市")


def _leads_by_then(profile: Profile, mention: Mention) -> bool:
    """Among the leaders of the mention's place, or of one above or below, not only from a later day on."""
    spans = profile.led_spans
    return any(related(place, mention.home) and (mention.day is None or place not in spans or place in profile.labels
                                                 or spans[place][0] <= mention.day + NEAR) for place in profile.led)


def _elsewhere(profile: Profile, mention: Mention) -> bool:
    """In office in another county at the time of the mention."""
    places = mention.labels or {mention.home}
    return any(mention.day is not None and first <= mention.day <= last and not any(related(x, y) for y in places)
               for x, (first, last) in profile.homes_spans.items())


def _brief(person: Person) -> str:
    """The group in a few words: its first article and its titles."""
    titles = sorted({c.title[1] for m in person.mentions for c in m.claims})
    return f"[{person.mentions[0].where} {'、'.join(titles[:4])}{'…' if len(titles) > 4 else ''}]"


# --- mentions -------------------------------------------------------------------------------------------------------------

# Words of the table that do not set anybody apart from officials.
_NO_CIVILIANS = frozenset((
    "党员", "同志", "负责同志", "负责", "代表", "工作人员", "公务员", "驻村干部", "村干部", "扶贫干部", "帮扶干部", "老干部",
    "退休干部", "离休干部", "专家", "学者", "博士", "民警", "志愿者", "青年", "女士", "先生", "学员", "好人", "英雄", "模范",
    "劳模", "候选人"))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(form for form in forms("person_nouns") if form not in _NO_CIVILIANS)


@cache
def figures() -> frozenset[str]:
    """National and historical figures: one person wherever nothing local is said of the name."""
    return frozenset(fold_name(form) for form in forms("public_figures"))


def misprints(records: Sequence[Record], copies: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(record id, folded name) -> the name that it misprints: two prints of one text, in which one name differs by a character,
    and the wrong one stands nowhere else in the corpus."""
    names = {record.id: {fold_name(person.name) for person in record.people} for record in records}
    known = Counter(name for own in names.values() for name in own)
    found: dict[tuple[str, str], str] = {}
    for copy, first in sorted(copies.items()):
        strange, missed = names[copy] - names[first], names[first] - names[copy]
        for a in sorted(strange):
            near = [b for b in missed if _one_apart(a, b)]
            if len(near) == 1 and len([x for x in strange if _one_apart(x, near[0])]) == 1:
                if known[a] == 1:
                    found[copy, a] = near[0]
                elif known[near[0]] == 1:
                    found[first, near[0]] = a
    return found


def misprints_in_seats(records: Sequence[Record], claims: Sequence[Claim], met: Occasions) -> dict[tuple[str, str], str]:
    """(record id, folded name) -> the name that it misprints: one article gives a post of one seat to a name that stands nowhere
    else, a character off the name of the holder, who is seen in the post at the same event, or within a year before and after."""
    articles = Counter(name for record in records for name in {fold_name(person.name) for person in record.people})
    named = {record.id: {fold_name(person.name) for person in record.people} for record in records}
    seats: dict[Title, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.class_ == "office" and claim.status != "former" and claim.title[0] and single_seat(claim.post) and claim.days:
            seats[claim.title].append(claim)
    found: dict[tuple[str, str], str] = {}
    for own in seats.values():
        for odd in (claim for claim in own if articles[claim.person] == 1):
            right = {c.person for c in own if articles[c.person] > 1 and _one_apart(c.person, odd.person)
                     and c.person not in named[odd.record]}
            right = {name for name in right if _holds_by_then([c for c in own if c.person == name], odd, met)}
            if len(right) == 1:
                found[odd.record, odd.person] = right.pop()
    return found


def _holds_by_then(holder: Sequence[Claim], odd: Claim, met: Occasions) -> bool:
    assert odd.days
    year = timedelta(days=365)
    sights = [c.days for c in holder if c.days]
    around = any(odd.days[0] - year <= last <= odd.days[0] for _, last in sights) and \
        any(odd.days[1] <= first <= odd.days[1] + year for first, _ in sights)
    return around or any(met.share_event(c.record, odd.record) for c in holder)


def _one_apart(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def mentions(records: Sequence[Record], claims: Iterable[Claim], issued: Mapping[str, Issue], met: Occasions,
             places: PlaceBook, bodies: BodyBook) -> dict[str, list[Mention]]:
    """All mentions of people by folded name, in the order of the corpus. Bylines are nobody here."""
    claims = tuple(claims)
    meant = {**misprints_in_seats(records, claims, met), **misprints(records, met.copies)}
    by_person: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_person[claim.record, claim.person].append(claim)
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, record in enumerate(records):
        company, there = _company(record)
        bylines = {fold_name(b.name) for b in record.bylines}
        home = bodies.presumed_place(county(places.chain(record.place)))
        merged: dict[str, list[str]] = defaultdict(list)
        counts: Counter[str] = Counter()
        official: set[str] = set()
        nouns: dict[str, str | None] = {}
        for person in record.people:
            name = fold_name(person.name)
            merged[name].append(person.name)
            counts[name] += len(person.mentions)
            official |= {name} if person.kind == "official" else set()
            words = (_noun_before(record.text, m.start) for m in person.mentions[:2])
            nouns.setdefault(name, next((word for word in words if word), None))
        for name, spelled in merged.items():
            own = by_person.get((record.id, name), [])
            posts = tuple(c for c in own if c.class_ != "list_label")
            labels = frozenset(c.home or home for c in own if c.class_ == "list_label")
            events = there.get(name, ())
            days = [d[0] for c in own if (d := c.days)] or \
                [span[0] for event in events if (span := bounds(met.when(record.id, event)))]
            right = meant.get((record.id, name), name)
            found[right].append(Mention(
                place_in_corpus=number, record=record.id, where=f"{record.source}#{record.number}", source=record.source,
                name=right, spelled=spelled[0], home=home,
                places=tuple(county(c.title[0]) for c in own if county(c.title[0])) or (county(places.chain(record.place)),),
                paper=record.paper or "", claims=posts, labels=labels,
                day=min(days) if days else issued[record.id].day,
                occasions=frozenset(met.of[record.id, event] for event in events),
                noun=None if own else nouns[name], reporter=name in bylines and not own,
                company=company.get(name, frozenset()), official=name in official, count=counts[name]))
    return found


def _noun_before(text: str, start: int) -> str | None:
    before = fold(text[max(0, start - 12):start])
    return next((before[-size:] for size in range(min(7, len(before)), 1, -1) if before[-size:] in _nouns()), None)


def _company(record: Record) -> tuple[dict[str, frozenset[str]], dict[str, tuple[int, ...]]]:
    """For each name the others in its list (or its sentence), and the events it is at."""
    company: dict[str, set[str]] = defaultdict(set)
    there: dict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(record.events):
        lists: dict[object, set[str]] = defaultdict(set)
        for a in event.appearances:
            name = fold_name(a.person)
            if not there[name] or there[name][-1] != number:
                there[name].append(number)
            if a.list is not None:
                lists[a.list].add(name)
            for e in a.evidence:
                lists[e.start, e.end].add(name)
            if event.kind == "meeting":  # on a tour one meets all sorts of people
                lists["room"].add(name)
        for names in lists.values():
            for name in names:
                company[name] |= names - {name}
    return {n: frozenset(c) for n, c in company.items()}, {n: tuple(e) for n, e in there.items()}


def leaders_of(found: Mapping[str, Sequence[Mention]]) -> dict[Chain, frozenset[str]]:
    """The names of the leaders of each county and city, by posts and list labels anywhere in the corpus."""
    leaders: dict[Chain, set[str]] = defaultdict(set)
    for name, bearers in found.items():
        for mention in bearers:
            for claim in mention.claims:
                if claim.leads:
                    leaders[claim.home].add(name)
            for label in mention.labels:
                leaders[label].add(name)
    return {place: frozenset(names) for place, names in leaders.items()}


def people_of(found: Mapping[str, Sequence[Mention]]) -> dict[str, list[Person]]:
    """All people of a corpus, by folded name."""
    leaders = leaders_of(found)
    result = {}
    for name in sorted(found):
        people = [_with_misprints(person) for person in group(found[name], leaders)]
        result[name] = _national(people) if name in figures() or any(p.profile.national for p in people) else people
    return result


def _with_misprints(person: Person) -> Person:
    wrong = [m for m in person.mentions if fold_name(m.spelled) != m.name]
    return person.with_more((), (f"{m.where}: {m.spelled} misprints {m.name}, as other articles show" for m in wrong))


def _national(people: list[Person]) -> list[Person]:
    """Of a national figure's name: all that have no place of their own are the figure."""
    own = [p for p in people if p.profile.homes or p.profile.labels]
    figure = [p for p in people if not (p.profile.homes or p.profile.labels)]
    if len(figure) < 2:
        return people
    reason = "a national figure: one person wherever the name stands alone"
    joined = Person(()).with_more((m for p in figure for m in p.mentions), [*(r for p in figure for r in p.reasons), reason])
    return sorted([*own, joined], key=lambda p: p.mentions[0].place_in_corpus)
