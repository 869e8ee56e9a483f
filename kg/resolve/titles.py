"""One spelling for names, bodies and titles: 管城回族区 + 区委书记 = 管城回族区委 + 书记 = 管城回族区委书记."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kg.lexicon import table

_NOISE = re.compile(r"[\s\"'“”‘’「」『』《》〈〉\[\]【】·•・‧∙⋅,。、;:!?—–-]")
_BRACKETS = re.compile(r"\([^()]*\)")
# Heads of a jurisdiction: the post belongs to the government, whether the body is written 丹阜区 or 丹阜区政府.
_HEAD = re.compile(r"(?:常务|第一)?副?[省市区县旗州盟镇乡]长")
_DOUBLED_ORGAN = re.compile(r"([部局会组班处科厅办社队所站馆台团委])\1(?=长)")
_DOUBLED_PLACE = re.compile(r"([省市区县旗州盟镇乡])\1")
_COMMITTEE = re.compile(r"(?<=[省市区县旗州盟镇乡])委员会(?=$|[^办])")
_CPPCC = re.compile(r"^政协(.{1,12}?[省市区县旗州盟])(?:第.{1,4}届)?委(?:员会)?$")
_NPC_TERM = re.compile(r"第?[一二三四五六七八九十百零〇\d]+届(?=人大|人民代表大会|委员会|政协)")
_ACTING = re.compile(r"^(?:代理|代)(?=(?:常务|副)?[省市区县旗州盟镇乡]长|主任|院长|检察长|局长|书记|主席)")


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """A person's name without blanks and dots, in one width: 艾尔肯•吐尔逊 = 艾尔肯·吐尔逊, 高 原 = 高原."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name))


def fold(text: str) -> str:
    """Text in one width without blanks, quotes and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


@cache
def _body_forms() -> tuple[tuple[str, str], ...]:
    rows = ((row["form"], row["short"]) for row in table("body_forms"))
    return tuple(sorted(rows, key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(maxsize=1 << 16)
def light_body(name: str) -> str:
    """A body's name as the papers print it: without 中共 and 人民, 政协…委员会 as …政协, 区委员会 as 区委."""
    name = unicodedata.normalize("NFKC", name)
    name = re.sub(r"[\s\"“”]", "", name)
    name = re.sub(r"^(?:中国共产党|中共)(?=.{2})", "", name).replace("人民政府", "政府")
    name = _CPPCC.sub(r"\1政协", name.replace("中国人民政治协商会议", "政协"))
    name = _NPC_TERM.sub("", name)
    return _COMMITTEE.sub("委", name)


@lru_cache(maxsize=1 << 16)
def plain_body(name: str) -> str:
    """The key of a body's name: long and short official names fall together (卫生健康委员会 = 卫健委)."""
    name = light_body(_BRACKETS.sub("", unicodedata.normalize("NFKC", name)))
    name = _NOISE.sub("", name)
    for form, short in _body_forms():
        if form in name:
            name = name.replace(form, short)
    name = name.replace("人大常委会", "人大")
    return _COMMITTEE.sub("委", name)


@lru_cache(maxsize=1 << 16)
def plain_post(post: str) -> str:
    """The key of a post's name, without brackets, 中共 and 代理."""
    post = plain_body(post.removeprefix("兼"))
    return _ACTING.sub("", post)


def says_acting(post: str) -> bool:
    """代区长, 代理区长: the word stands in the post instead of in its status."""
    return bool(_ACTING.match(unicodedata.normalize("NFKC", post)))


def heads_place(post: str) -> bool:
    """区长, 副县长, 常务副市长: a post of the government of a place."""
    return bool(_HEAD.fullmatch(plain_post(post)))


@lru_cache(maxsize=1 << 16)
def whole_title(body: str | None, post: str, place: str | None = None) -> str:
    """Body and post as one whole title, the same for all usual ways of dividing it.

    ``place`` is the name of the body's place, which a post can stand for by its last character (body 丹阜区委, post 区监委主任).

    >>> whole_title("丹阜区委组织部", "部长") == whole_title("丹阜区委", "组织部长")
    True
    """
    stem, post = plain_body(body or ""), plain_post(post)
    if _HEAD.fullmatch(post):
        stem = stem.removesuffix("政府")
    if stem and post.startswith(stem):
        return _plain_title(post)
    for size in range(min(len(stem), len(post)), 1, -1):
        if stem.endswith(post[:size]):
            return _plain_title(stem + post[size:])
    deictic = place and len(post) > 2 and post[0] == place[-1] and post[0] in "省市区县旗州盟镇乡" and not _HEAD.fullmatch(post)
    if place and deictic and stem.startswith(place) and stem != place:
        return _plain_title(place + post[1:])
    return _plain_title(stem + post)


def _plain_title(whole: str) -> str:
    whole = re.sub(r"政府(?=(?:常务)?副?[省市区县旗州盟镇乡]长)", "", whole)
    for long, short in (("纪委监委纪委", "纪委"), ("纪委监委监委", "监委"), ("法院法院", "法院"), ("党组党组", "党组")):
        whole = whole.replace(long, short)
    return _DOUBLED_PLACE.sub(r"\1", _DOUBLED_ORGAN.sub(r"\1", whole))
