"""Pinyin for the search box: every likely reading of a name, syllables apart."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

LONGEST = 24  # characters; nobody types the pinyin of a headline


@lru_cache(maxsize=65_536)
def readings(label: str) -> tuple[str, ...]:
    """Readings of ``label`` as ``gao jian she``: the usual one, then those with another reading of the first character.

    The first character is often a surname with a reading of its own (单 shan, 解 xie, 仇 qiu); ü is written v, and again
    lyu or lu as passports and keyboards do. () for a label without Chinese characters or too long to be typed.
    """
    text = label[:LONGEST]
    if len(label) > LONGEST or not text or not any("\u3400" <= c <= "\u9fff" for c in text):
        return ()
    usual = lazy_pinyin(text, style=Style.NORMAL, errors=_other)
    first = pinyin(text[0], style=Style.NORMAL, heteronym=True, errors=_other)[0]
    found = [usual, *([reading, *usual[1:]] for reading in first)]
    spelled = [" ".join(one) for one in found]
    spelled += [one.replace("v", other) for one in spelled if "lv" in one or "nv" in one for other in ("yu", "u")]
    return tuple(dict.fromkeys(spelled))


def _other(text: str) -> str:
    """What is no Chinese character stands for itself."""
    return text.lower().replace(" ", "")
