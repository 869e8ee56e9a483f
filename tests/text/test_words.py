"""The segmenter's seam: words cover the text, the genre's own stay whole, frequencies tell words from names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lexicon
from kg.text import words


@given(st.text(max_size=60))
def test_the_words_of_a_text_are_the_text(text: str) -> None:
    assert "".join(words.cut(text)) == text
    assert words.cut(text) == words.cut(text)


@pytest.mark.parametrize("form", lexicon.forms("words"))
def test_words_of_the_genre_stay_whole(form: str) -> None:
    assert form in words.cut(f"，{form}。")


@pytest.mark.parametrize("word", ["和平", "方向", "平等", "高度", "会议", "重视"])
def test_words_of_every_day(word: str) -> None:
    assert words.everyday(word) > 100


@pytest.mark.parametrize("name", ["高建设", "司马长青", "王平", "浦立成", ""])
def test_names_are_none(name: str) -> None:
    assert words.everyday(name) == 0


def test_what_the_dictionary_lacks_has_no_frequency() -> None:
    assert words.frequency("丹阜区") == 0
    assert words.frequency("会议") > 0
