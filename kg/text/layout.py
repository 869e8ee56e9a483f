"""From a page to its lines, and from lines broken in mid-sentence to whole blocks.

A ``Line`` knows where each of its characters stands in the decoded source; a ``Block`` is what a reader sees as one
paragraph, headline line, credit or table row, mended from the lines it was broken into.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import Page, SourceRun
from kg.text.credits import read_credit

Kind = Literal["head", "body", "credit", "row", "note", "date", "continued", "continues", "furniture"]

_BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2002\u2003\u2009\x0b\x0c"
_CLOSING = frozenset("。！？!?…”』」》）)；;：:．")
_LEAD = re.compile(r"[★●■▲◆◎☆]?\s*(?:本报|本网|本台|本刊)讯|[★●■▲◆◎☆]?\s*[（(]?本报[^，。,]{0,12}(?:消息|电|讯)\b|[（(](?:本报|通讯员|记者)")
_DATED = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日|近日|日前|昨日|昨天|近期|今天|今日|[上本]周|连日来|\d{1,2}日[上下]?午?，")
_DATE_LINE = re.compile(r"(?:[12]\d{3}|二[〇○零]..)年.{1,3}月.{1,3}日")
_MARK = "★●■▲◆◎☆"
_CONTINUED = re.compile(r"[（(【]?[上下紧]接.{0,12}版?.{0,6}[）)】]?$")
_CONTINUES = re.compile(r"[（(【]?下转.{0,12}[）)】]?$")
_LABEL = re.compile(r"[^，。,]{0,6}(?:监测点|电话|联系人|地址|时间|地点|邮箱|网址|热线|传真|邮编|单位|日期)[^，。]{0,4}[:：]")
_FURNITURE = re.compile(r"第?[A-Z]?\d{1,2}版[:：]?.{0,8}$|上一[篇版期]|下一[篇版期]|版面导航|放大|缩小|默认|分享到|返回")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without its outer blanks; ``runs`` as in SourceRun, counted in the line."""

    text: str
    runs: tuple[SourceRun, ...]
    gap: int  # blank lines before it
    indent: bool


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    text: str
    runs: tuple[SourceRun, ...]
    lead: bool = False  # begins as an article's first paragraph does: 本报讯, (记者 …)
    mark: bool = False  # begins with ★ and the like


def lines(page: Page) -> tuple[Line, ...]:
    """The non-blank lines of a page, in order."""
    found: list[Line] = []
    at, gap = 0, 0
    for raw in page.text.splitlines(keepends=True):
        text = raw.strip(_BLANKS + "\r\n\x85\u2028\u2029")
        if text:
            lead = raw.index(text[0])
            found.append(Line(text, (SourceRun(0, at + lead, len(text)),), gap, raw[:1] in "\u3000 \t" and lead > 0))
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return tuple(found)


def mend(found: Sequence[Line]) -> tuple[Block, ...]:
    """Join lines that were broken in mid-sentence and say what each block is."""
    blocks: list[Block] = []
    for i, line in enumerate(found):
        block = _classify(line)
        following = found[i + 1] if i + 1 < len(found) else None
        if blocks and _goes_on(blocks[-1], block, following):
            blocks[-1] = _join(blocks[-1], block)
        else:
            blocks.append(block)
    return tuple(blocks)


def _classify(line: Line) -> Block:
    text = line.text
    mark = text[0] in _MARK
    lead = bool(_LEAD.match(text))
    kind: Kind = "head"
    if _CONTINUED.fullmatch(text):
        kind = "continued"
    elif _CONTINUES.fullmatch(text):
        kind = "continues"
    elif _FURNITURE.fullmatch(text):
        kind = "furniture"
    elif _is_credit(text):
        kind = "credit"
    elif _DATE_LINE.fullmatch(text):
        kind = "date"
    elif lead or len(text) > 60 or text[-1] in "。；;！!？?”：:" and (len(text) > 30 or text[-1] in "。；;：:") or "。" in text[:-1]:
        kind = "body"
    elif _LABEL.match(text):
        kind = "note"
    elif len(re.split(r"[ \t\u3000]+", text)) >= 4 and any(c.isdigit() for c in text):
        kind = "row"
    return Block(kind, text, line.runs, lead, mark)


def _is_credit(text: str) -> bool:
    names = read_credit(text)
    if names is None:
        return False
    if any(n.role for n in names) or not names:
        return True
    return text[0] in "（(" and text[-1] in "）)"


def tail_credit(text: str) -> int | None:
    """Where a credit begins that is glued to the end of a paragraph (…参加会议。记者 某某 通讯员 某某), or None."""
    stop = max(text.rfind(mark) for mark in "。！？”")
    if 0 < stop < len(text) - 2 and len(text) - stop <= 60:
        names = read_credit(text, stop + 1)
        if names is not None and any(n.role for n in names):
            return stop + 1
    return None


def _open(block: Block) -> bool:
    return block.kind == "body" and block.text[-1] not in _CLOSING and tail_credit(block.text) is None


def _goes_on(before: Block, block: Block, following: Line | None) -> bool:
    """Whether ``block`` carries on the sentence in which ``before`` breaks off."""
    if not _open(before) or block.lead or block.mark or block.kind in ("credit", "continued", "continues", "furniture", "date"):
        return False
    return not (block.kind == "head" and following is not None and _LEAD.match(following.text) is not None)


def _join(left: Block, right: Block) -> Block:
    both_ascii = left.text[-1].isascii() and left.text[-1].isalnum() and right.text[0].isascii() and right.text[0].isalnum()
    text = left.text + (" " if both_ascii else "")
    return Block(left.kind, text + right.text, left.runs + shift(right.runs, len(text)), left.lead, left.mark)


def shift(runs: Sequence[SourceRun], by: int) -> tuple[SourceRun, ...]:
    """Runs counted from ``by`` characters further on."""
    return tuple(SourceRun(r.text_start + by, r.source_start, r.length) for r in runs)


def dated(text: str) -> bool:
    """Whether a paragraph begins with a date, as a caption or an article without 本报讯 does."""
    return _DATED.match(text.lstrip(_MARK + _BLANKS)) is not None
