"""An article as the rules read it: punctuation of one width, spaced-out names closed, credits blanked.

Every offset leads back to the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Article, Evidence

_WIDTH = tuple(zip(",;:!?()•・‧∙⋅\u3000\t", "，；：！？（）·····  ", strict=True))
# 杨　洁、史　伟 or 高 原  区人大常委会主任: a blank inside a two-character name between delimiters.
_SPACED = re.compile(
    r"(?<=[、，：；。（）\n 长记任席员委导和])([\u4e00-\u9fff])( {1,4})(?=[\u4e00-\u9fff](?:[、，。；）\n ]|等|$))"
)
_SPACED_START = re.compile(r"^([\u4e00-\u9fff])( {1,4})(?=[\u4e00-\u9fff] )", re.MULTILINE)
_STOP = re.compile("[。！？\n]")
_DOT_BLANK = re.compile(r"(?<=·)[ \n]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[ \n]+(?=·)")
BLANKED = "\u25a1"  # stands for a character of a credit: no rule reads it, no name holds it


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` is what the rules read; ``origin[i]`` is the offset in the article's text of ``text[i]`` (one longer, for ends).

    ``body_start`` counts in ``text``. Without closed blanks ``origin`` is the identity.
    """

    text: str
    origin: Sequence[int]
    source: str
    body_start: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the article's text for offsets into the reading."""
        return (self.origin[start], self.origin[end - 1] + 1) if end > start else (self.origin[start], self.origin[start])

    def evidence(self, start: int, end: int) -> Evidence:
        """The quote from the article for a span of the reading."""
        first, last = self.span(start, end)
        return Evidence(first, last, self.source[first:last])

    def clause(self, start: int, end: int) -> Evidence:
        """The sentence around a span of the reading, as evidence; at most 200 code points."""
        text = self.text
        # Further off than 400 the clause is cut short anyway.
        left = back_to(text, start, max(0, start - 400), "。！？\n")
        right = min(end + 400, len(text))
        stop = _STOP.search(text, end, right)
        right = stop.start() if stop else right
        if right - left > 200:
            left, right = back_to(text, start, left, "，；："), min(right, _before_mark(text, end, right))
        if right - left > 200:
            left, right = max(left, start - 60), min(right, end + 60)
        while left < start and text[left] in " \n":
            left += 1
        return self.evidence(left, max(right, end))


def back_to(text: str, at: int, least: int, marks: str) -> int:
    """The offset after the last of ``marks`` before ``at``, going back no further than ``least``."""
    for mark in marks:
        found = text.rfind(mark, least, at)
        if found >= 0:
            least = found + 1  # each search ends where the one before found
    return least


def _before_mark(text: str, end: int, most: int) -> int:
    return min((at for mark in "，；：" if (at := text.find(mark, end, most)) >= 0), default=most)


def reading_of(article: Article, credits: tuple[tuple[int, int], ...] = ()) -> Reading:
    """Read an article: normalise width one to one, blank the credits, close spaced-out names.

    ``credits``: spans of bylines in the article's text, whose names are not people in the news.
    """
    text = article.text
    for narrow, wide in _WIDTH:  # most of them do not occur: far faster than to translate every character
        text = text.replace(narrow, wide)
    for start, end in credits:
        text = text[:start] + "".join(c if c in "\n。，" else BLANKED for c in text[start:end]) + text[end:]
    gone: set[int] = set()
    if " " in text:
        for pattern in (_SPACED, _SPACED_START):
            for match in pattern.finditer(text):
                gone.update(range(*match.span(2)))
    if "·" in text:
        for match in _DOT_BLANK.finditer(text):
            gone.update(range(*match.span()))
    if not gone:
        return Reading(text, range(len(text) + 1), article.text, article.body_start)
    kept = [i for i in range(len(text)) if i not in gone]
    body_start = sum(1 for i in kept if i < article.body_start)
    return Reading("".join(text[i] for i in kept), (*kept, len(text)), article.text, body_start)
