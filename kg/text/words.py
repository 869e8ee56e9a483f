"""The word segmenter behind one seam: jieba's dictionary and its cut, nothing else of kg knows about it.

jieba's part-of-speech tags are not used: as a name finder they are wrong on every third name of this genre.
"""

from __future__ import annotations

import logging
import re
from functools import cache, lru_cache
from math import log

import jieba

from kg import lexicon

jieba.setLogLevel(logging.WARNING)


@cache
def _tokenizer() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for form in lexicon.forms("words"):
        tokenizer.add_word(form)
    return tokenizer


@lru_cache(maxsize=1 << 15)
def cut(text: str) -> tuple[str, ...]:
    """The words of ``text`` by jieba's dictionary (the most probable path, no hidden Markov model for unknown words)."""
    return _best_path(text) if _HAN.fullmatch(text) else tuple(_tokenizer().cut(text, HMM=False))


_HAN = re.compile("[\u4e00-\u9fd5]+")


def _best_path(text: str) -> tuple[str, ...]:
    """What jieba's cut gives for Chinese characters only, by the same sums: the text is not searched for Latin words, and
    each path is weighed as it is found. Of two paths of the same weight jieba takes the one with the longer first word.
    """
    known, total = _tokenizer().FREQ, log(_tokenizer().total)
    size = len(text)
    weights = [0.0] * (size + 1)  # of the best path from here on
    ends = [0] * size  # where its first word ends
    for start in range(size - 1, -1, -1):
        end = start + 1
        best, stop = 0.0 - total + weights[end], end  # a character that the dictionary does not have
        first = True
        while end <= size and (count := known.get(text[start:end])) is not None:
            if count:
                weight = log(count) - total + weights[end]
                if first or weight >= best:
                    best, stop, first = weight, end, False
            end += 1
        weights[start], ends[start] = best, stop
    found: list[str] = []
    at = 0
    while at < size:
        found.append(text[at : ends[at]])
        at = ends[at]
    return tuple(found)


def frequency(word: str) -> int:
    """How often jieba's dictionary has counted ``word``; 0 for what it does not know."""
    count: int = _tokenizer().FREQ.get(word, 0)
    return count


@cache
def _everyday() -> tuple[dict[str, int], frozenset[str], frozenset[str]]:
    """Two- and three-character words of jieba's dictionary that it does not count as names of people, with their frequency;
    those among them that it counts as no names of things or places either; and those that it counts as names of places.
    """
    counts: dict[str, int] = {}
    others: set[str] = set()
    places: set[str] = set()
    with jieba.get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            if 2 <= len(word) <= 3 and not tag.startswith("nr"):
                counts[word] = int(count)
                if tag[0] in "vadprcmbtfqu":
                    others.add(word)
                elif tag == "ns":
                    places.add(word)
    return counts, frozenset(others), frozenset(places)


def everyday(word: str) -> int:
    """The frequency of ``word`` as an everyday word of two or three characters; 0 for names of people and unknown words."""
    return _everyday()[0].get(word, 0)


def no_noun(word: str) -> bool:
    """Whether the dictionary has ``word`` (two or three characters) as a verb, an adjective or the like: 历届, 照着."""
    return word in _everyday()[1]


def place_name(word: str) -> bool:
    """Whether the dictionary has ``word`` (two or three characters) as the name of a place: 洛阳, 江南."""
    return word in _everyday()[2]
