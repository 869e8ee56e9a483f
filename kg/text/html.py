"""HTML pages: the article's lines, each character with its place in the decoded file, and what the page says of itself.

A single pass over the tags, linear in the file, keeps what a parser with a tree would lose: where every piece of text
stands. Elements are remembered only by parent, name and id; that is enough to find the one that holds the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

from kg.model import SourceRun
from kg.text.credits import may_be_credit
from kg.text.lines import OUTER, Line, join_runs, slice_runs

_HEADER_LINES = 60
MAX_DEPTH = 256  # open elements; what is nested deeper belongs to the last
_MAX_TAG = 2048  # characters in which a tag's quotes are followed; a longer one (an inlined picture) ends at the next >

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)")
_TAG_END = re.compile(r"[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_STAMP = re.compile(
    r"\bct\s*=\s*[\"'](\d{10})[\"']|(?:publish_?time|createTime|oriCreateTime)\s*[=:]\s*[\"']?(\d{10}|\d{4}-\d\d-\d\d)")
_SPACE = re.compile(r"[ \t\r\n\f\x0b]+")
_RAW = frozenset({"script", "style", "noscript", "template", "textarea", "select", "svg", "iframe", "object", "xmp"})
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "base", "col", "area", "embed", "source", "wbr", "param"})
_INLINE = frozenset(
    {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "small", "big", "mark", "label", "img", "wbr", "ins",
     "del", "code", "abbr", "cite", "q", "time", "o:p", "st1:chsdate", "input", "link", "meta", "base", "tt"})
_CELL = frozenset({"td", "th"})
_CLOSES = {"p": frozenset({"p"}), "li": frozenset({"li"}), "tr": _CELL | {"tr"}, "td": _CELL, "th": _CELL,
           "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}), "option": frozenset({"option"})}
_PARAGRAPHS = frozenset({"p", "span", "font", "strong", "b", "a", "em", "i"})
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
# Elements that hold the article and nothing else, by id or class, on the platforms that papers use (WeChat, Founder, TRS …).
_CONTENT_NAMES = (
    "js_content|ozoom|enpcontent|founder-content|trs_editor|ucap-content|vsb_content|article-?content|article_?body|news_?content|"
    "newstext|content_?text|rich_media_content|bg-content|detail-?content|article-?detail|text_?con|main_?text|nr_?text|zw_?content|"
    "pages_content|epcontent")
_TITLE_NAMES = "title\\d?|biaoti|bt\\d?|headline|article-?title|news_?title|tit|rich_media_title|activity-name|bmd|font01"
_CONTENT = re.compile(rf"(?:^|[\s_-])(?:{_CONTENT_NAMES})(?:$|[\s_-])", re.IGNORECASE)
_TITLE_CLASS = re.compile(rf"(?:^|[\s_-])(?:{_TITLE_NAMES})(?:$|[\s_-])", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[-_|—–»·丨]+|--)\s*[^-_|—–»丨]*$")


@dataclass(frozen=True, slots=True)
class Html:
    """A page as read: its lines in order, and what its head says."""

    lines: tuple[Line, ...]  # the article's: headline, then body
    title: str
    meta: dict[str, str] = field(default_factory=dict)  # name or property, lower case -> content
    account: str = ""  # a WeChat account's name
    stamp: str = ""  # WeChat's time of publication, seconds since 1970 or a date
    address: str = ""
    above: tuple[str, ...] = ()  # the lines above the text, as read: the header with the date
    single: bool = False  # the page is one article: its title is the headline


@dataclass(slots=True)
class _Element:
    parent: int
    tag: str
    name: str  # id and class, lower case
    link: bool
    level: int  # of the heading it is in, 0 none, 9 a title by its class


@dataclass(slots=True)
class _Raw:
    """A line while the page is read."""

    text: str
    runs: tuple[SourceRun, ...]
    element: int
    link: int  # characters inside links
    level: int
    start: int

    @property
    def prose(self) -> bool:
        return self.link * 2 < len(self.text) and (len(self.text) >= 40 or "。" in self.text)


def html_lines(source: str) -> tuple[Line, ...]:
    """The lines of the article (or articles) that an HTML page holds; runs point into ``source``, the decoded file.

    Characters written as entities have no exact copy in the source and stand between the runs.
    """
    return read_html(source).lines


@lru_cache(maxsize=4)
def read_html(source: str) -> Html:
    """Read a page: choose the element that holds the text, find the headline above it, leave navigation out."""
    reader = _Reader(source)
    reader.read()
    raws, elements = reader.lines, reader.elements
    root = _root(raws, elements)
    inside = _inside(elements, root)
    title = _SPACE.sub(" ", reader.title).strip()
    meta_title = reader.meta.get("og:title", "")
    body_from = next((i for i, raw in enumerate(raws) if raw.element in inside and raw.prose), None)
    anchor = _anchor(raws, body_from, [t for t in (meta_title, title) if t], elements)
    chosen: list[_Raw] = []
    if anchor is not None:
        chosen = _headline(raws, anchor, body_from if body_from is not None else len(raws))
    first = chosen[-1].start if chosen else -1
    wechat = elements[root].name.startswith("js_content") or " js_content" in elements[root].name
    body = [raw for i, raw in enumerate(raws) if raw.element in inside and raw.start > first
            and (raw.prose or raw.link * 5 < len(raw.text) * 3)]
    single = anchor is not None and (wechat or _is_title(raws[anchor].text, [meta_title, title]))
    levels = [raw.level for raw in body if 0 < raw.level < 9]
    top = min(levels) if len(levels) > 1 else 0
    lines = [replace(_line(raw), hint="head") for raw in chosen]
    if chosen:
        lines += [_line(raw) for raw in raws if first < raw.start and raw.element not in inside and len(raw.text) <= 120
                  and (body_from is None or raw.start < raws[body_from].start) and not raw.link and may_be_credit(raw.text)]
    for raw in body:
        head = not single and top and raw.level == top and len(raw.text) <= 80
        lines.append(replace(_line(raw), hint="head" if head else "body" if single or raw.prose else ""))
    above = tuple(raw.text for raw in raws[:body_from][-_HEADER_LINES:] if len(raw.text) <= 160)
    return Html(tuple(lines), title, reader.meta, reader.account, reader.stamp, reader.address, above, single)


def title_of(page: Html) -> str | None:
    """The page's title without the site's name."""
    title = page.meta.get("og:title") or page.title
    cut = _SITE.sub("", title) if len(title) > 12 else title
    return cut or title or None


# ---------------------------------------------------------------- reading


class _Reader:
    """One pass over the tags. Holds the position and the open elements; thrown away after ``read``."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: list[_Raw] = []
        self.elements = [_Element(-1, "", "", False, 0)]
        self.open = [0]
        self.title, self.account, self.stamp, self.address = "", "", "", ""
        self.meta: dict[str, str] = {}
        self.pieces: list[tuple[str, int]] = []  # text and its place, -1 for an entity
        self.size, self.link = 0, 0
        self.in_title = False

    def read(self) -> None:
        source, at, end = self.source, 0, len(self.source)
        while at < end:
            tag = source.find("<", at)
            if tag < 0:
                self._text(at, end)
                break
            if tag > at:
                self._text(at, tag)
            at = self._markup(tag)
        self._flush()

    def _markup(self, at: int) -> int:
        source = self.source
        if source.startswith("<!--", at):
            close = source.find("-->", at + 4)
            comment = source[at + 4:close if close >= 0 else at + 4]
            saved = re.search(r"saved from url=\(\d+\)(\S{4,300})", comment[:400])
            if saved:
                self.address = saved.group(1)
            return close + 3 if close >= 0 else len(source)
        tag = _TAG.match(source, at)
        if tag is None:
            close = source.find(">", at) if source[at + 1:at + 2] in ("!", "?", "/") else -1
            if close < 0:
                self._text(at, at + 1)
                return at + 1
            return close + 1
        full = _TAG_END.match(source, tag.end(), min(len(source), tag.end() + _MAX_TAG))
        close = full.end() if full else source.find(">", tag.end()) + 1
        if close <= 0:
            return len(source)  # a tag that never ends
        name = tag.group(2).lower()
        if tag.group(1):
            self._end(name)
            return close
        attributes = self._attributes(name, tag.end(), close)
        if name in _RAW:
            return self._skip_raw(name, close)
        self._start(name, attributes)
        return close

    def _attributes(self, name: str, start: int, end: int) -> dict[str, str]:
        if name in ("b", "strong", "br", "em", "i", "img") or end - start < 4:
            return {}
        text = self.source[start:min(end, start + _MAX_TAG)]
        return {a.group(1).lower(): unescape(a.group(2) or a.group(3) or a.group(4) or "") for a in _ATTRIBUTE.finditer(text)}

    def _skip_raw(self, name: str, at: int) -> int:
        close = re.compile(f"</{name}", re.IGNORECASE).search(self.source, at)
        stop = close.start() if close else len(self.source)
        if name == "script" and not self.stamp:
            stamp = _STAMP.search(self.source, at, min(stop, at + 400_000))
            if stamp:
                self.stamp = stamp.group(1) or stamp.group(2)
        if name == "noscript":
            return at
        return self.source.find(">", stop) + 1 or len(self.source)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "meta":
            key = (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").lower()
            if key and key not in self.meta:
                self.meta[key] = attributes.get("content", "")
            return
        if name == "link" and attributes.get("rel", "").lower() == "canonical":
            self.address = self.address or attributes.get("href", "")
        if name == "title":
            self.in_title = True
            return
        if name in ("td", "th") and 0 < self.size <= 24:
            self._space()
        elif name not in _INLINE:
            self._flush()
        if name in _VOID:
            return
        closes = _CLOSES.get(name)
        if closes and self.elements[self.open[-1]].tag in closes:
            self._pop(1)
        above = self.elements[self.open[-1]]
        own = name if "-" in name else ""  # <founder-title>, <founder-content>
        identity = f"{attributes.get('id', '')} {attributes.get('class', '')} {own}".strip().lower()
        level = _HEADINGS.get(name, 0) or above.level or (9 if identity and _TITLE_CLASS.search(identity) else 0)
        if len(self.open) < MAX_DEPTH:
            self.elements.append(_Element(self.open[-1], name, identity, above.link or name == "a", level))
            self.open.append(len(self.elements) - 1)

    def _end(self, name: str) -> None:
        if name == "title":
            self.in_title = False
            return
        if name not in _INLINE and name not in ("td", "th"):
            self._flush()
        for depth in range(1, len(self.open)):
            if self.elements[self.open[-depth]].tag == name:
                self._pop(depth)
                return

    def _pop(self, count: int) -> None:
        del self.open[len(self.open) - min(count, len(self.open) - 1):]

    def _text(self, start: int, end: int) -> None:
        if self.in_title:
            self.title += unescape(self.source[start:min(end, start + 1000)])
            return
        element = self.elements[self.open[-1]]
        if element.name in ("profile_nickname", "js_name") or element.name.startswith(("js_name ", "profile_nickname ")):
            self.account = self.account or self.source[start:end].strip()
        if element.name.startswith("publish_time") and not self.stamp:
            self.stamp = self.source[start:end].strip()
        at = start
        while at < end:
            entity = self.source.find("&", at, end)
            stop = end if entity < 0 else entity
            self._literal(at, stop)
            if entity < 0:
                break
            found = _ENTITY.match(self.source, entity, end)
            if found is None:
                self._literal(entity, entity + 1)
                at = entity + 1
                continue
            value = unescape(found.group())
            if value == found.group():
                self._literal(entity, found.end())
            else:
                self._add("".join(" " if c in OUTER else c for c in value), -1)
            at = found.end()

    def _literal(self, start: int, end: int) -> None:
        """Source text with its white space folded: a line end between Chinese characters is none."""
        at = start
        while at < end:
            space = _SPACE.search(self.source, at, end)
            if space is None:
                self._add(self.source[at:end], at)
                return
            if space.start() > at:
                self._add(self.source[at:space.start()], at)
            if self.pieces and not ("\n" in space.group() and not self.pieces[-1][0][-1].isascii()):
                self._add(" ", space.start() if space.group()[0] == " " else -1)
            at = space.end()

    def _space(self) -> None:
        self._add(" ", -1)
        self._add(" ", -1)

    def _add(self, text: str, place: int) -> None:
        if text:
            self.pieces.append((text, place))
            self.size += len(text)
            if self.elements[self.open[-1]].link:
                self.link += len(text)

    def _flush(self) -> None:
        if not self.pieces:
            return
        text = "".join(piece for piece, _ in self.pieces)
        kept = text.strip(OUTER)
        if kept:
            runs, at = [], 0
            for piece, place in self.pieces:
                if place >= 0:
                    runs.append(SourceRun(at, place, len(piece)))
                at += len(piece)
            lead = text.index(kept[0])
            element = self.open[-1]
            start = next((r.source_start for r in runs), 0)
            self.lines.append(_Raw(kept, slice_runs(join_runs(runs), lead, lead + len(kept)), element, min(self.link, len(kept)),
                                   self.elements[element].level, start))
        self.pieces, self.size, self.link = [], 0, 0


# ---------------------------------------------------------------- choosing


def _root(raws: Sequence[_Raw], elements: Sequence[_Element]) -> int:
    """The element that holds the text: one that platforms name so, else the deepest with nine tenths of the page's prose."""
    weight = [0] * len(elements)
    for raw in raws:
        if raw.prose:
            weight[raw.element] += len(raw.text)
    for i in range(len(elements) - 1, 0, -1):
        weight[elements[i].parent] += weight[i]
    named = [i for i, e in enumerate(elements) if e.name and _CONTENT.search(e.name) and weight[i] > 0]
    if named:
        best = max(named, key=lambda i: (weight[i], i))
        if weight[best] * 2 >= weight[0]:
            return best
    if not weight[0]:
        return 0
    deepest = max(i for i in range(len(elements)) if weight[i] * 10 >= weight[0] * 9)
    # one paragraph alone is no container: its neighbours belong to the article too
    while elements[deepest].tag in _PARAGRAPHS:
        deepest = elements[deepest].parent
    return deepest


def _inside(elements: Sequence[_Element], root: int) -> frozenset[int]:
    found = {root}
    for i in range(root + 1, len(elements)):
        if elements[i].parent in found:
            found.add(i)
    return frozenset(found)


def _is_title(text: str, titles: Sequence[str]) -> bool:
    bare = _fold(text)
    return len(bare) >= 4 and any(bare in _fold(t) or (len(_fold(t)) >= 6 and _fold(t) in bare) for t in titles if t)


def _fold(text: str) -> str:
    return "".join(text.split()).replace("“", "").replace("”", "").replace('"', "")


def _anchor(raws: Sequence[_Raw], body_from: int | None, titles: Sequence[str], elements: Sequence[_Element]) -> int | None:
    """The line above the text that is the headline: the page's title, or marked as a heading."""
    above = range(len(raws) if body_from is None else body_from)
    plain = [i for i in above if len(raws[i].text) <= 120 and raws[i].link * 2 < len(raws[i].text)]
    matching = [i for i in plain if _is_title(raws[i].text, titles)]
    if matching:
        headings = [i for i in matching if raws[i].level]
        return (headings or matching)[-1]
    heading = [i for i in plain if raws[i].level and len(raws[i].text) >= 4]
    near = [i for i in heading if body_from is None or body_from - i <= 12]
    first = [i for i in near if raws[i].level == 1]
    return (first or near)[-1] if near else None


def _headline(raws: Sequence[_Raw], anchor: int, body_from: int) -> list[_Raw]:
    """Kicker, headline and subtitle: the lines beside the anchor that are short and no navigation."""
    def joins(raw: _Raw) -> bool:
        return raw.link == 0 and 4 <= len(raw.text) <= 60 and not raw.prose and not _LABELLED.search(raw.text)

    kicker = anchor
    while kicker > max(0, anchor - 2) and raws[kicker - 1].level and joins(raws[kicker - 1]):
        kicker -= 1
    below = anchor
    while below + 1 < min(body_from, anchor + 3) and raws[below + 1].level and joins(raws[below + 1]):
        below += 1
    seen: set[str] = set()
    found = []
    for raw in raws[kicker:below + 1]:
        if _fold(raw.text) not in seen:
            seen.add(_fold(raw.text))
            found.append(raw)
    return found


_LABELLED = re.compile(r"[:：]\s*\S|\d{4}\s*[-年/]\s*\d{1,2}|版|当前位置|首页")


def _line(raw: _Raw) -> Line:
    return Line(raw.text, raw.runs)
