"""Cutting a page into articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Article, Page, SourceRun
from kg.text.credits import read_credit
from kg.text.layout import Block, dated, lines, mend, shift, tail_credit
from kg.text.places import find_place

_BANNER = re.compile(r".{0,6}(?:简讯|快讯|快报|论坛|夜话|视觉新闻|图片新闻|要闻|时评|广角|新闻)")
_NOTICE = re.compile(r".*(?:通告|公告|通知|名单|启事|公示|声明|监测表|价格表|一览表)(?:[（(].{1,20}[）)])?")
_INNER = re.compile(r"本次|此次|附[:：]|与会|出席|列席|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]")
_END = re.compile(r"[（(][^（）()。]{1,30}[）)]$")
_CAPTION_END = re.compile(r"(?:摄|摄影|摄影报道)[）)]?$")


@dataclass(slots=True)
class _Draft:
    head: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)


def articles(page: Page) -> tuple[Article, ...]:
    """The articles of a page in the order of the file, mended, each with its way back to the source.

    Raises nothing: a page without text gives no article.
    """
    place = page.place or find_place(page.text, page.paper)
    return tuple(_finish(page, place, number, draft) for number, draft in enumerate(_cut(mend(lines(page))), start=1))


def _cut(blocks: Sequence[Block]) -> list[_Draft]:
    drafts: list[_Draft] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind == "furniture":
            at += 1
        elif block.kind == "head":
            end = at
            while end < len(blocks) and blocks[end].kind == "head":
                end += 1
            _heads(drafts, blocks[at:end], blocks[end] if end < len(blocks) else None)
            at = end
        else:
            if not drafts or _starts_alone(block, drafts[-1], blocks[at + 1:at + 2]):
                drafts.append(_Draft())
            drafts[-1].body.append(block)
            at += 1
    return _continue(drafts)


def _heads(drafts: list[_Draft], group: Sequence[Block], following: Block | None) -> None:
    """Give a run of short lines to the article before it, or open one or more with it."""
    group = [b for b in group if not _BANNER.fullmatch(b.text)]
    poem = next((i for i in range(1, len(group)) if _author(group[i]) and len(group[i - 1].text) > 1), None)
    if poem is not None and len(group) - poem > 3:
        stop = next((i for i in range(poem + 1, len(group)) if _NOTICE.fullmatch(group[i].text)), len(group))
        drafts.append(_Draft(list(group[:poem]), list(group[poem:stop])))
        group = group[stop:]
    if not group:
        return
    if following is None:
        if drafts:
            drafts[-1].body.extend(group)
        else:
            drafts.append(_Draft(list(group)))
    elif not drafts or _starts(group, drafts[-1], following):
        if poem is None and len(group) > 1 and _author(group[-1]):
            drafts.append(_Draft(list(group[:-1]), [group[-1]]))
        else:
            drafts.append(_Draft(list(group)))
    else:
        drafts[-1].body.extend(group)


def _author(block: Block) -> bool:
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]", block.text)) and block.text[-1] not in "区县市镇乡局"


def _starts(group: Sequence[Block], before: _Draft, following: Block) -> bool:
    """Whether short lines are the headline of a new article and not a subheading in the one before."""
    if not before.body:
        return False
    if _INNER.match(group[-1].text) and not following.lead:
        return False
    if following.lead or following.kind == "credit" or _NOTICE.fullmatch(group[-1].text) or group[0].mark:
        return True
    if _ended(before.body[-1]) or (len(group) > 1 and _author(group[-1])):
        return True
    return dated(following.text) and len(group[-1].text) >= 8


def _ended(block: Block) -> bool:
    if block.kind in ("credit", "date"):
        return True
    if tail_credit(block.text) is not None:
        return True
    mark = _END.search(block.text)
    return mark is not None and (mark.group()[1:-1].isdigit() or read_credit(mark.group()) is not None)


def _starts_alone(block: Block, before: _Draft, after: Sequence[Block]) -> bool:
    """A paragraph without headline that is an article: a caption with its own credit, a ★ brief, 本报讯 after an ended one."""
    if not before.body or block.kind != "body":
        return False
    if block.mark:
        return True
    pictured = bool(_CAPTION_END.search(block.text)) or bool(after and after[0].kind == "credit" and "摄" in after[0].text)
    if pictured and len(block.text) >= 40 and not block.text.startswith("图"):
        return dated(block.text) or _ended(before.body[-1]) or bool(_CAPTION_END.search(block.text))
    return block.lead and block.text[:3] == "本报讯" and before.body[0].lead and _ended(before.body[-1])


def _continue(drafts: list[_Draft]) -> list[_Draft]:
    """Join what stands behind 上接 to the article that broke off with 下转, until the text is the surrounding article's again."""
    home = next((d for d in drafts if any(b.kind == "continues" for b in d.body)), None)
    for draft in drafts:
        where = next((i for i, b in enumerate(draft.body) if b.kind == "continued"), None)
        if where is None:
            continue
        tail = draft.body[where + 1:]
        if home is None or home is draft:
            del draft.body[where]
            continue
        away = 1
        own = "".join(b.text for b in draft.head + draft.body[:where])
        other = "".join(b.text for b in home.head + home.body)
        while away < len(tail) and _affinity(tail[away].text, other) >= _affinity(tail[away].text, own):
            away += 1
        home.body.extend(tail[:away])
        draft.body[where:] = tail[away:]
    for draft in drafts:
        draft.body = [b for b in draft.body if b.kind != "continues"]
    return drafts


def _affinity(paragraph: str, article: str) -> int:
    return len({paragraph[i:i + 2] for i in range(len(paragraph) - 1)} & {article[i:i + 2] for i in range(len(article) - 1)})


def _finish(page: Page, place: tuple[str, ...], number: int, draft: _Draft) -> Article:
    blocks = draft.head + draft.body
    text, runs = _compose(_unmarked(b) for b in blocks)
    body_start = sum(len(_unmarked(b).text) + 1 for b in draft.head) if draft.body else len(text)
    if draft.head:
        headline = " ".join(_unmarked(b).text for b in draft.head)
    else:
        headline = re.split("[，,]", text.split("\n")[0], maxsplit=1)[0]
    digest = hashlib.sha256(f"{page.source}\0{runs[0].source_start if runs else 0}\0{text}".encode()).hexdigest()[:16]
    return Article(digest, page.source, number, headline, text, body_start, runs, page.published, page.paper, place, page.page, page.url)


def _unmarked(block: Block) -> Block:
    if not block.mark:
        return block
    text = block.text[1:].lstrip()
    cut = len(block.text) - len(text)
    first, *rest = block.runs
    runs = (SourceRun(0, first.source_start + cut, first.length - cut), *shift(rest, -cut))
    return Block(block.kind, text, runs, block.lead, False)


def _compose(blocks: Iterable[Block]) -> tuple[str, tuple[SourceRun, ...]]:
    """The blocks' texts, one a line, and the runs that lead back."""
    parts: list[str] = []
    runs: list[SourceRun] = []
    at = 0
    for block in blocks:
        parts.append(block.text)
        runs.extend(shift(block.runs, at))
        at += len(block.text) + 1
    return "\n".join(parts), tuple(runs)
