"""The word segmenter behind one seam: jieba's dictionary and its cut, nothing else of kg knows about it.

jieba's part-of-speech tags are not used: as a name finder they are wrong on every third name of this genre.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache

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
    return tuple(_tokenizer().cut(text, HMM=False))


def frequency(word: str) -> int:
    """How often jieba's dictionary has counted ``word``; 0 for what it does not know."""
    count: int = _tokenizer().FREQ.get(word, 0)
    return count


@cache
def _everyday() -> dict[str, int]:
    """Two- and three-character words of jieba's dictionary that it does not count as names of people, with their frequency."""
    counts: dict[str, int] = {}
    with jieba.get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            if 2 <= len(word) <= 3 and not tag.startswith("nr"):
                counts[word] = int(count)
    return counts


def everyday(word: str) -> int:
    """The frequency of ``word`` as an everyday word of two or three characters; 0 for names of people and unknown words."""
    return _everyday().get(word, 0)
