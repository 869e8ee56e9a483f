"""Gold annotation against found records: precision, recall and F1 of each layer, absolute counts, and every miss by name.

The gold form is one JSON file a page, ``{"source", "articles": [{"headline", "bylines", "people", "posts", "events", "changes",
"campaigns"}]}``; what was found is a JSON-lines file of records or a folder of the gold form. Articles are aligned
first, then each layer is counted within the aligned pairs and summed over all files; an article without a partner counts with
all it has.
``freeze`` keeps a report, ``flips`` tells what changed since.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Literal

from kg.errors import InputError

LAYERS = ("articles", "bylines", "people", "posts", "offices", "status", "changes", "events", "kinds", "dates", "roles",
          "coappearance", "bodies", "campaigns")
Item = Mapping[str, Any]
Same = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items of a layer the gold has, how many were found, how many of those are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.right else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.gold + other.gold, self.found + other.found, self.right + other.right)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing missed, or one too many."""

    layer: str
    where: str  # source: headline
    side: Literal["missed", "extra"]
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    counts: Mapping[str, Counts]
    faults: tuple[Fault, ...]


def evaluate(gold: Path, found: Path) -> Report:
    """Compare two files or folders. Raises InputError for what is not of either form."""
    return compare(read_annotation(gold), read_annotation(found))


def compare(gold: Mapping[str, Sequence[Item]], found: Mapping[str, Sequence[Item]]) -> Report:
    """Compare articles by source; sources that the gold does not have are left out."""
    tally = _Tally(Counter(), Counter(), Counter(), [])
    for source, articles in gold.items():
        others = found.get(source, ())
        alone = len(articles) == len(others) == 1
        pairs = [(0, 0)] if alone else align(articles, others, _article_likeness, 0.5)
        tally.aligned("articles", source, articles, others, pairs, "headline")
        for left, right in _both_sides(articles, others, pairs):
            _compare_article(tally, f"{source}: {(left or right).get('headline') or ''}", left, right)
    counts = {layer: Counts(tally.gold[layer], tally.found[layer], tally.right[layer]) for layer in LAYERS}
    return Report(counts, tuple(sorted(tally.faults)))


def freeze(report: Report) -> str:
    """The report as JSON, to be compared with later."""
    layers = {layer: {"gold": c.gold, "found": c.found, "right": c.right, "precision": round(c.precision, 4),
                      "recall": round(c.recall, 4), "f1": round(c.f1, 4)} for layer, c in report.counts.items()}
    faults = [[f.layer, f.where, f.side, f.what] for f in report.faults]
    return json.dumps({"layers": layers, "faults": faults}, ensure_ascii=False, indent=1) + "\n"


def thaw(path: Path) -> Report:
    """Read what ``freeze`` wrote. Raises InputError."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"))
        counts = {layer: Counts(row["gold"], row["found"], row["right"]) for layer, row in plain["layers"].items()}
        return Report(counts, tuple(Fault(*fault) for fault in plain["faults"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path}: not a frozen report: {error}") from error


def flips(before: Report, now: Report) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """What was wrong before and is right now, and the other way round."""
    old, new = Counter(before.faults), Counter(now.faults)
    return tuple(sorted((old - new).elements())), tuple(sorted((new - old).elements()))


def table(report: Report, before: Report | None = None) -> str:
    """The report as lines of text; beside each F1 its change since ``before``."""
    head = f"{'layer':13} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6} {'missed':>6} {'extra':>6}"
    lines = [head + ("  change" if before else "")]
    for layer, c in report.counts.items():
        line = (f"{layer:13} {c.precision:6.3f} {c.recall:6.3f} {c.f1:6.3f} {c.gold:6d} {c.found:6d} {c.gold - c.right:6d} "
                f"{c.found - c.right:6d}")
        lines.append(line + (f" {c.f1 - before.counts[layer].f1:+7.3f}" if before and layer in before.counts else ""))
    return "\n".join(lines)


def read_annotation(path: Path) -> dict[str, list[Item]]:
    """Articles by the stem of their source: a JSON file, a JSON-lines file, or a folder of such.

    Raises InputError that names the file and, for JSON lines, the line.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    by_source: dict[str, list[Item]] = defaultdict(list)
    for file in sorted(p for p in path.iterdir() if p.suffix in (".json", ".jsonl")) if path.is_dir() else [path]:
        for where, value in _values(file):
            if not isinstance(value, dict) or not isinstance(value.get("source"), str):
                raise InputError(f"{where}: neither a record nor an annotated page: no source")
            articles = value.get("articles", [value])
            if not isinstance(articles, list) or not all(isinstance(a, dict) for a in articles):
                raise InputError(f"{where}: articles must be a list of objects")
            by_source[_stem(value["source"])] += articles
    if not by_source:
        raise InputError(f"{path}: no annotation in it")
    return dict(by_source)


def _values(file: Path) -> list[tuple[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {error}") from error
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        return [(str(file), value) for value in (whole if isinstance(whole, list) else [whole])]
    values = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values.append((f"{file}:{number}", json.loads(line)))
            except (ValueError, RecursionError) as error:
                raise InputError(f"{file}:{number}: not JSON: {error}") from error
    return values


def _stem(source: str) -> str:
    name = source.rsplit("/", 1)[-1]
    stem, dot, ending = name.rpartition(".")
    return stem if dot and ending.lower() in ("txt", "htm", "html", "json", "jsonl", "md", "pdf") else name


@dataclass(slots=True)
class _Tally:
    gold: Counter[str]
    found: Counter[str]
    right: Counter[str]
    faults: list[Fault]

    def matched(self, layer: str, where: str, gold: Iterable[Any], found: Iterable[Any], same: Same | None = None,
                optional: Iterable[Any] = ()) -> None:
        """Match one to one, equals first; what is left of the found and matches an optional item counts neither way."""
        equal: Same = same or (lambda left, right: bool(left == right))
        free, missed, wanted = list(found), [], list(gold)
        for item in sorted(wanted, key=lambda item: item not in free):
            partner = item if item in free else next((other for other in free if equal(item, other)), None)
            if partner is None:
                missed.append(item)
            else:
                free.remove(partner)
        for item in optional:
            free = [other for other in free if not equal(item, other)]
        self.gold[layer] += len(wanted)
        self.right[layer] += len(wanted) - len(missed)
        self.found[layer] += len(wanted) - len(missed) + len(free)
        self.faults.extend(Fault(layer, where, "missed", _show(item)) for item in missed)
        self.faults.extend(Fault(layer, where, "extra", _show(item)) for item in free)

    def aligned(self, layer: str, where: str, gold: Sequence[Item], found: Sequence[Item], pairs: list[tuple[int, int]],
                name: str) -> None:
        """Count the pairs of an alignment as right, the rest as missed or extra."""
        self.gold[layer] += len(gold)
        self.found[layer] += len(found)
        self.right[layer] += len(pairs)
        left, right = {i for i, _ in pairs}, {j for _, j in pairs}
        self.faults.extend(Fault(layer, where, "missed", str(x.get(name))) for i, x in enumerate(gold) if i not in left)
        self.faults.extend(Fault(layer, where, "extra", str(x.get(name))) for j, x in enumerate(found) if j not in right)


def _show(item: Any) -> str:
    if isinstance(item, dict):
        return " ".join(str(item[key]) for key in ("person", "name", "body", "post", "act") if item.get(key))
    return " ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def _both_sides(gold: Sequence[Item], found: Sequence[Item], pairs: list[tuple[int, int]]) -> list[tuple[Item, Item]]:
    """The aligned pairs, and each item without a partner beside an empty one."""
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return ([(gold[i], found[j]) for i, j in pairs] + [(x, {}) for i, x in enumerate(gold) if i not in left]
            + [({}, x) for j, x in enumerate(found) if j not in right])


def _compare_article(tally: _Tally, where: str, gold: Item, found: Item) -> None:
    posts = _list(gold, "posts"), _list(found, "posts")
    tally.matched("bylines", where, _writers(gold), _writers(found))
    tally.matched("people", where, sorted(_names(gold)), sorted(_names(found)))
    tally.matched("posts", where, *posts, same=same_post)
    tally.matched("offices", where, *posts, same=same_office)
    tally.matched("status", where, _statuses(posts[0]), _statuses(posts[1]))
    tally.matched("changes", where, _list(gold, "changes"), _list(found, "changes"), _same_change)
    tally.matched("roles", where, _roles(gold), _roles(found), optional=_roles(gold, "optional_appearances"))
    either = _pairs(gold, "appearances", "optional_appearances")
    tally.matched("coappearance", where, _pairs(gold), _pairs(found), optional=either)
    campaigns = [_campaign(c) for c in _list(gold, "campaigns")]
    tally.matched("campaigns", where, [c for c in campaigns if not c.get("optional")], map(_campaign, _list(found, "campaigns")),
                  _same_campaign, [c for c in campaigns if c.get("optional")])
    _compare_events(tally, where, _list(gold, "events"), _list(found, "events"))


def _compare_events(tally: _Tally, where: str, gold: Sequence[Item], found: Sequence[Item]) -> None:
    pairs = align(gold, found, _event_likeness, 0.4)
    tally.aligned("events", where, gold, found, pairs, "name")
    for left, right in _both_sides(gold, found, pairs):
        here = f"{where}: {(left or right).get('name') or ''}"
        if left and right:
            tally.matched("kinds", here, [left.get("kind")], [right.get("kind")])
        accepted = {d for d in (left.get("date"), *_list(left, "accept_date")) if d}
        date = right.get("date")
        tally.matched("dates", here, sorted(accepted)[:1], [min(accepted) if date in accepted else date] if date else [])
        tally.matched("bodies", here, map(_label, _list(left, "bodies")), map(_label, _list(right, "bodies")), same_body,
                      map(_label, _list(left, "optional_bodies")))


def align(gold: Sequence[Item], found: Sequence[Item], likeness: Callable[[Item, Item], float],
          least: float) -> list[tuple[int, int]]:
    """Pair items one to one, the likest first, down to ``least``."""
    scored = sorted((-likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for score, i, j in scored:
        if -score >= least and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _article_likeness(gold: Item, found: Item) -> float:
    """Headlines seven parts, people three; a headline inside the other (one side lacks the kicker) is like enough."""
    one, other = sorted((fold(gold.get("headline") or ""), fold(found.get("headline") or "")), key=len)
    headline = SequenceMatcher(None, fold(gold.get("headline") or ""), fold(found.get("headline") or ""), autojunk=False).ratio()
    if len(one) > 3 and one in other:
        headline = max(headline, 0.75 + 0.25 * len(one) / len(other))
    people = _names(gold), _names(found)
    return 0.7 * headline + 0.3 * _overlap(*people) if people[0] | people[1] else headline


def _event_likeness(gold: Item, found: Item) -> float:
    """Names five parts, people three, kind two; without any people the names count for them too."""
    there = [{fold(a["person"]) for a in _list(e, "appearances")} for e in (gold, found)]
    one, other = (fold(e.get("name") or "") for e in (gold, found))
    name = bigram_dice(one, other)
    short, long = sorted((one, other), key=len)
    if len(other) <= 2 * len(one) + 6 and len(short) > 2 and short in long:
        name = max(name, 0.8)  # 推进会 for the whole name of the meeting, but not a sentence that happens to hold it
    people = _overlap(*there) if there[0] | there[1] else name
    return 0.5 * name + 0.3 * people + 0.2 * (gold.get("kind") == found.get("kind"))


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def bigram_dice(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of neighbouring characters."""
    a, b = (Counter(pairwise(s)) for s in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


_LOOSE = re.compile(r"[\s∙⋅]")


def fold(text: str) -> str:
    """Width, case, blanks, quotes and punctuation do not count."""
    wide = _LOOSE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return "".join(c for c in wide if not unicodedata.category(c).startswith(("P", "Z")))


_PLACE = "省市区县镇乡旗州盟"
_SPELLINGS = tuple((re.compile(pattern), short) for pattern, short in (
    ("^(?:中国共产党|中共)", ""), ("人民政府", "政府"), (f"^政协(.+?)([{_PLACE}])委员会$", r"\1\2政协"),
    (f"(?<=[{_PLACE}])委员会$", "委")))
_TITLES = tuple((re.compile(pattern), short) for pattern, short in (
    ("政府(?=[区市县]长)", ""), ("人大常委会|人民代表大会常务委员会", "人大"), ("人民政协", "政协"), ("监察委员会", "监委"),
    ("纪律检查委员会", "纪委"), ("人民(?=法院|检察院)", ""), ("卫生健康委员会", "卫健委"), ("卫生和计划生育委员会", "卫计委"),
    (r"([部局会组班处科院厅办社队所站校馆台团])\1(?=长)", r"\1"), (f"([{_PLACE}])\\1", r"\1")))
_HIGHER = re.compile(f"(?:[^{_PLACE}]{{1,10}}[{_PLACE}])+")
_OWN_PLACE = re.compile(f"^[{_PLACE[:6]}旗州](?:(?:委|政府)(?=.{{2,}}))?(?=.{{2,}})")


def _rewritten(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, short in rules:
        text = pattern.sub(short, text)
    return text


def body_name(body: str) -> str:
    """One spelling for a body: 中共丹阜区委员会 = 丹阜区委."""
    return _rewritten(fold(body), _SPELLINGS)


def spelling(title: str) -> str:
    """One spelling for a title: 组织部部长 = 组织部长, 区人大常委会主任 = 区人大主任."""
    return _rewritten(body_name(title), _TITLES)


def whole_title(body: str | None, post: str) -> str:
    """Body and post as one title, what both say said once: 丹阜区委 + 区委书记 = 丹阜区委书记."""
    body, post = body_name(body or ""), fold(post).removeprefix("中共")
    if re.fullmatch(f"(?:常务)?副?[{_PLACE[:6]}旗州]长", post):
        body = body.removesuffix("政府")  # the head of a government is its place's: 丹阜区政府 + 区长 = 丹阜区长
    shared = next((n for n in range(min(len(body), len(post)), 1, -1) if body.endswith(post[:n])), 0)
    return spelling(post if body and post.startswith(body) else body + post[shared:])


def core(post: str) -> str:
    """A post without its place: 区委副书记 = 副书记, 区政协主席 = 政协主席."""
    title = spelling(post)
    return _OWN_PLACE.sub("", title) or title


def _behind_places(gold: str, found: str) -> bool:
    """The found name is the gold one with higher places before it: 衡泽市丹阜区委."""
    return bool(gold) and found.endswith(gold) and _HIGHER.fullmatch(found[:-len(gold)]) is not None


def same_office(gold: Item, found: Item) -> bool:
    """The same person in the same post of the same body, by any title that the gold accepts."""
    if fold(gold["person"]) != fold(found["person"]):
        return False
    accepted = {whole_title(gold.get("body"), gold["post"]), *(spelling(other) for other in _list(gold, "accept"))}
    title = whole_title(found.get("body"), found["post"])
    return title in accepted or (bool(gold.get("body")) and any(_behind_places(other, title) for other in accepted))


def same_post(gold: Item, found: Item) -> bool:
    """The same person in the same post, whatever its body."""
    if fold(gold["person"]) != fold(found["person"]):
        return False
    return core(gold["post"]) == core(found["post"]) or same_office(gold, found)


def same_body(gold: str, found: str) -> bool:
    one, other = body_name(gold), body_name(found)
    return one == other or _behind_places(one, other) or bigram_dice(one, other) >= 0.8


def _same_change(gold: Item, found: Item) -> bool:
    return gold["act"] == found.get("act") and same_post(gold, found)


def _same_campaign(gold: Item, found: Item) -> bool:
    name = fold(found["name"])
    return any(fold(other) == name or bigram_dice(fold(other), name) >= 0.6 for other in (gold["name"], *_list(gold, "accept")))


def _list(item: Item, key: str) -> list[Any]:
    return item.get(key) or []


def _label(body: Any) -> str:
    return body if isinstance(body, str) else str(body["name"])


def _campaign(campaign: Any) -> Item:
    return campaign if isinstance(campaign, dict) else {"name": campaign}


def _unique(items: Iterable[Any]) -> list[Any]:
    return sorted(set(items))


def _names(article: Item) -> set[str]:
    return {fold(_label(person)) for person in _list(article, "people")}


def _writers(article: Item) -> list[str]:
    return _unique(fold(b["name"]) for b in _list(article, "bylines"))


def _statuses(posts: Iterable[Item]) -> list[tuple[str, str, str]]:
    return _unique((fold(p["person"]), core(p["post"]), p["status"]) for p in posts if p.get("status"))


def _roles(article: Item, key: str = "appearances") -> list[tuple[str, str]]:
    return _unique((fold(a["person"]), a["role"]) for e in _list(article, "events") for a in _list(e, key))


def _pairs(article: Item, *keys: str) -> list[tuple[str, str]]:
    there = (_unique(fold(a["person"]) for key in keys or ("appearances",) for a in _list(e, key))
             for e in _list(article, "events"))
    return _unique(pair for people in there for pair in combinations(people, 2))
