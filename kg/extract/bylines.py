"""Bylines: who wrote and photographed an article."""

from __future__ import annotations

import re

from kg.model import Article, Byline, BylineRole, Evidence
from kg.text.credits import Credit, read_credit
from kg.text.layout import tail_credit

_LEAD = re.compile(r"本报讯\s*[（(]([^（）()。]{2,60})[）)]|[（(]((?:[^（）()。]{0,8})?(?:记者|通讯员)[^（）()。]{2,60})[）)]")
_TAIL = re.compile(r"[（(]([^（）()。]{2,60})[）)]$")


def bylines(article: Article) -> tuple[Byline, ...]:
    """The bylines of an article, each name once, in the order of the text."""
    found: dict[str, Byline] = {}
    for rule, credit in _credits(article):
        if credit.role == "staff" or credit.name in found:
            continue
        role: BylineRole = credit.role or "reporter"
        found[credit.name] = Byline(credit.name, role, (Evidence(credit.start, credit.end, article.text[credit.start:credit.end]),), rule)
    return tuple(found.values())


def credit_spans(article: Article) -> tuple[tuple[int, int], ...]:
    """Spans of byline and credit text, sorted, half-open: nobody in them is in the news."""
    return tuple((start, end) for _, start, end in _spans(article))


def _credits(article: Article) -> list[tuple[str, Credit]]:
    found: list[tuple[str, Credit]] = []
    for rule, start, end in _spans(article):
        found += [(rule, credit) for credit in read_credit(article.text, start, end) or ()]
    return found


def _spans(article: Article) -> list[tuple[str, int, int]]:
    spans: list[tuple[str, int, int]] = []
    at = 0
    rows = article.text.split("\n")
    for number, line in enumerate(rows):
        end = at + len(line)
        if at < article.body_start:
            pass
        elif read_credit(line) is not None and (number > 0 or len(rows) == 1):
            names = read_credit(line) or ()
            if line[:1] in "（(" or any(n.role for n in names):
                spans.append(("credit_line", at, end))
            elif at == article.body_start:
                spans.append(("author_line", at, end))
        else:
            lead = _LEAD.search(line, 0, 120)
            if lead:
                group = 1 if lead.group(1) else 2
                if read_credit(line, *lead.span(group)) is not None:
                    spans.append(("lead", at + lead.start(group), at + lead.end(group)))
            tail = _TAIL.search(line)
            glued = tail_credit(line)
            if glued is not None:
                spans.append(("tail", at + glued, end))
            elif tail and not (lead and lead.end() >= tail.end()) and read_credit(line, *tail.span(1)):
                spans.append(("tail", at + tail.start(1), at + tail.end(1)))
        at = end + 1
    return spans
