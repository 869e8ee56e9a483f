"""Decoding: the encodings that are read, and what is refused with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.text.decode import common_share, decode

TEXT = "本报讯（记者 刘洋）5月20日，区委召开会议，研究部署防汛工作，区领导高建设出席会议并讲话。"


@pytest.mark.parametrize("data", [
    TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("gbk"), TEXT.encode("utf-16"),
    b"\xff\xfe" + TEXT.encode("utf-16-le"), b"\xfe\xff" + TEXT.encode("utf-16-be"),
], ids=["utf-8", "bom", "gb18030", "gbk", "utf-16", "le", "be"])
def test_reads(data: bytes) -> None:
    decoded = decode(data, "page.txt")
    assert (decoded.text, decoded.warning) == (TEXT, None)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_cut_file_is_read_up_to_the_cut(encoding: str, lost: int) -> None:
    data = (TEXT + "会").encode(encoding)
    if lost >= len("会".encode(encoding)):
        pytest.skip("the whole character is gone, that is no cut inside one")
    decoded = decode(data[:-lost], "page.txt")
    assert decoded.text == TEXT
    assert decoded.warning is not None
    assert "cut inside a character at byte" in decoded.warning


def test_a_bad_byte_is_said_and_the_rest_kept() -> None:
    data = (TEXT * 5).encode()
    decoded = decode(data[:300] + b"\xff" + data[300:], "page.txt")
    assert decoded.warning == "a place that is not UTF-8, the first at byte 300"
    assert decoded.text.replace("\ufffd", "") == TEXT * 5


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "empty"),
    (b" \r\n\t", "empty"),
    (b"\xef\xbb\xbf", "empty"),
    (bytes(range(256)) * 4, "binary"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    (bytes(i * 7919 % 27 + 1 for i in range(3000)), "binary"),
    (TEXT.encode().decode("latin-1").encode(), "read as Latin"),
    (TEXT.encode("gbk").decode("latin-1").encode(), "read as Latin"),
    ("本報訊開發區召開會議研究部署創建國家衛生城市工作並要求落實".encode("big5"), "mis-encoded"),
    (("\ufffd" * 20 + TEXT).encode(), "neither"),
], ids=["nothing", "blanks", "only a mark", "bytes", "png", "controls", "utf-8 as latin", "gbk as latin", "big5", "replaced"])
def test_refuses_with_the_files_name(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        decode(data, "folder/page.txt")
    assert str(error.value).startswith("folder/page.txt: ")
    assert reason in str(error.value)


def test_text_without_chinese_is_text() -> None:
    assert decode(b"Untitled page", "page.txt").text == "Untitled page"


HAN = st.text(alphabet=TEXT, min_size=30, max_size=200)


@given(HAN, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_round_trip(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "page.txt").text == text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_error(data: bytes) -> None:
    try:
        outcome = decode(data, "page.txt").text.strip()
    except InputError as error:
        outcome = str(error).removeprefix("page.txt: ")
    assert outcome


def test_the_share_of_common_characters_tells_chinese_from_noise() -> None:
    assert common_share(TEXT) > 0.7
    assert common_share("鏈姤璁锛岃鑰呭垬娲嬶級鏈堟棩") < 0.1
