"""Credit lines: who wrote, photographed and edited, as papers print it.

A credit is a run of role words (记者, 通讯员, 摄, 责任编辑 …), names and separators and nothing else. The cutting into articles
needs to know such lines, and so does the extraction of bylines; both use this grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CreditRole = Literal["reporter", "correspondent", "photographer", "author", "staff"]

# Words that stand before 记者 and 通讯员 and belong to the role (全媒体记者, 本报特约通讯员).
_BEFORE = ("(?:本报|本网|本刊|本台|本社|特派|特约|实习|见习|首席|高级|资深|全媒体|全媒|融媒体中心|融媒体|融媒|新媒体|新闻|客户端|外派|驻地|通讯社)*")
_ROLES: tuple[tuple[CreditRole, str], ...] = (
    ("reporter", _BEFORE + "(?:编辑)?记者"),
    ("correspondent", _BEFORE + "(?:通讯员|报道员|报道组|撰稿人|信息员)"),
    ("photographer", "摄影报道|图片报道|摄影|供图|拍摄|摄"),
    ("author", "作者"),
    ("staff", "责任编辑|执行编辑|值班编辑|编辑|责编|责任校对|校对|校审|审核|初审|复审|终审|一审|二审|三审|编审|监制|主编|副主编|总编辑|统筹|"
              "总策划|策划|美编|版式设计|版式|制图|制作|设计|剪辑|后期|录入|签发|组版|出品|编排|视频|播音|来源|稿源|供稿单位|值班主任|值班总编"),
)
# Words about text and pictures that name nobody's role beyond the one already said (记者 某某 文/图).
_NEUTRAL = "文[/／、·]?图|图[/／、·]?文|文字|图片|撰文|采写|综合报道|整理报道|采访报道|报道|供稿|撰稿|整理|实习生|文|图"
_WORD = re.compile("|".join(f"(?P<{role}>{form})" for role, form in _ROLES) + f"|(?P<neutral>{_NEUTRAL})")
_NAME_PIECE = re.compile("[\u3400-\u9fff\U00020000-\U0002fa1f〇]+(?:[·•・‧∙⋅][\u3400-\u9fff]+)*")
_SEPARATORS = frozenset(" \t\u3000\xa0、,，;；:：/／|｜()（）[]【】〔〕□■◇◆●○★☆▲△—-–&.。")
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "令狐", "尉迟", "公孙", "慕容", "司徒", "司空", "东方", "夏侯", "端木", "宇文", "长孙",
             "南宫", "独孤", "轩辕", "西门", "呼延", "完颜", "闻人", "澹台", "淳于", "单于", "太史", "申屠", "公羊", "赫连", "钟离", "拓跋")


@dataclass(frozen=True, slots=True)
class Credit:
    """A name in a credit; ``start`` and ``end`` are its place in the text that was read (spaced-out names as printed)."""

    name: str
    role: CreditRole | None  # None where only a name stands there: （段云）
    start: int
    end: int


def read_credit(text: str, start: int = 0, end: int | None = None) -> tuple[Credit, ...] | None:
    """The names of ``text[start:end]`` with their roles, or None where the span is not a credit and nothing else.

    Roles stand before their names (记者 段云 通讯员 毕文博) or, for pictures, behind (段云 摄).
    """
    end = len(text) if end is None else end
    if end - start > 200:
        return None
    names: list[Credit] = []
    role: CreditRole | None = None
    said_role = False
    fresh: list[int] = []  # names since the last role word: a 摄 behind them is theirs
    at = start
    while at < end:
        if text[at] in _SEPARATORS:
            at += 1
            continue
        word = _WORD.match(text, at, end)
        if word and word.lastgroup:
            said_role = True
            kind = word.lastgroup
            behind = word.end() >= end or text[word.end()] not in ":：/／"
            if kind == "photographer" and fresh and behind:
                if role is None or word.group() in ("摄", "摄影"):
                    for i in fresh:
                        names[i] = Credit(names[i].name, "photographer", names[i].start, names[i].end)
            elif kind == "neutral":
                role = role if fresh else role or "reporter"
            else:
                role = kind  # type: ignore[assignment]
                fresh = []
            at = word.end()
            continue
        piece = _NAME_PIECE.match(text, at, end)
        if piece is None:
            return None
        stop = piece.end()
        inner = _WORD.search(text, at + 2, stop)
        if inner:
            stop = inner.start()
        if stop - at == 1:
            # 陈 静: a name spaced out for layout
            gap = stop
            while gap < end and text[gap] in " \u3000\xa0":
                gap += 1
            if gap > stop and gap < end and "\u3400" <= text[gap] <= "\u9fff" and (gap + 1 >= end or text[gap + 1] in _SEPARATORS):
                stop = gap + 1
            else:
                return None
        for name, name_start, name_end in _split_names(text, at, stop):
            if name is None:
                return None
            fresh.append(len(names))
            names.append(Credit(name, role, name_start, name_end))
        at = stop
    if not said_role and len(names) != 1:
        return None
    return tuple(names)


def _split_names(text: str, start: int, end: int) -> list[tuple[str | None, int, int]]:
    """Names in a run without separators: one of two to four characters, or several of two or three (张三丰李四)."""
    run = text[start:end]
    bare = "".join(run.split())
    if any(dot in run for dot in "·•・‧∙⋅") or len(bare) <= 3 or (len(bare) == 4 and run[:2] in _COMPOUND):
        return [(bare, start, end)]
    if len(run) == 4:
        return [(run[:2], start, start + 2), (run[2:], start + 2, end)]
    if len(run) in (5, 6):
        return [(run[:3], start, start + 3), (run[3:], start + 3, end)]
    if len(run) == 9:
        return [(run[i:i + 3], start + i, start + i + 3) for i in (0, 3, 6)]
    return [(None, start, end)]
