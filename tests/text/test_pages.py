"""Reading inputs: kinds, metadata, order, names, and bad files that cost nothing but themselves."""

from __future__ import annotations

import io
import json
import os
import random
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Page
from kg.text import pages as reading
from kg.text.articles import articles
from kg.text.pages import places, read_pages

TEXT = "区委召开推进会\n本报讯（记者 刘洋）4月25日，区委召开推进会，部署创建工作。\n"
OTHER = "区政协召开座谈会\n本报讯（记者 段云）4月26日，区政协召开座谈会，征求意见。\n"


class Read:
    """The pages and the errors of one reading."""

    def __init__(self, *inputs: str | Path, **options: str) -> None:
        self.errors: list[str] = []
        self.pages = list(read_pages(inputs, report=self._note, **options))
        self.by_source = {page.source: page for page in self.pages}

    def _note(self, error: InputError) -> None:
        assert isinstance(error, InputError)
        assert "\n" not in str(error)
        self.errors.append(str(error))


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


class GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK without the flag, as archives from Chinese systems are."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), 0


def test_files_folders_and_kinds(tmp_path: Path) -> None:
    put(tmp_path / "b/丹阜时讯_2018-03-16_A01.txt", TEXT)
    put(tmp_path / "a.htm", f"<html><body><h1>区委召开推进会</h1><p>{TEXT.splitlines()[1]}</p></body></html>")
    put(tmp_path / "c.jsonl", json.dumps({"id": "x1", "text": OTHER}, ensure_ascii=False))
    put(tmp_path / "note.md", "not a page")
    put(tmp_path / ".hidden.txt", TEXT)
    read = Read(tmp_path)
    assert read.errors == []
    assert [(p.source, p.markup) for p in read.pages] == [
        ("a.htm", "html"), ("b/丹阜时讯_2018-03-16_A01.txt", "text"), ("x1", "text")]
    page = read.by_source["b/丹阜时讯_2018-03-16_A01.txt"]
    assert (page.published, page.paper, page.page, page.text) == ("2018-03-16", "丹阜时讯", "A01", TEXT)


def test_a_single_file_is_named_by_its_name(tmp_path: Path) -> None:
    assert [p.source for p in Read(put(tmp_path / "deep/er/page.txt", TEXT)).pages] == ["page.txt"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(data: bytes) -> Read:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return Read("-")

    assert [(p.source, p.text) for p in give(TEXT.encode("gb18030")).pages] == [("-", TEXT)]
    assert [p.markup for p in give(b"<html><p>" + TEXT.encode() + b"</p></html>").pages] == ["html"]
    items = "\n".join(json.dumps({"id": str(i), "text": TEXT}) for i in range(200))
    assert [p.source for p in give(items.encode()).pages] == [str(i) for i in range(200)]
    assert give(b"").errors == ["standard input: empty"]


def test_archive_with_gbk_names(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(GbkInfo("丹阜时讯_2018-03-16_A01.txt"), TEXT.encode("gbk"))
        archive.writestr("鹿亭报_2018-11-23_02.txt", OTHER)
        archive.writestr("sources.csv", "source,published,place\n丹阜时讯_2018-03-16_A01.txt,2018/3/17,河南省/丹阜区\n")
        archive.writestr("__MACOSX/._x.txt", b"\x00\x05")
        archive.writestr("x.pdf", b"%PDF-1.4")
    read = Read(path)
    assert [(p.source, p.published, p.place) for p in read.pages] == [
        ("丹阜时讯_2018-03-16_A01.txt", "2018-03-17", ("河南省", "丹阜区")), ("鹿亭报_2018-11-23_02.txt", "2018-11-23", ())]
    assert len(read.errors) == 1
    assert "x.pdf: PDF is not read" in read.errors[0]
    assert "pages.zip/丹阜时讯_2018-03-16_A01.txt" in Read(tmp_path).by_source


def test_sidecar_before_fields_before_options_before_the_page(tmp_path: Path) -> None:
    put(tmp_path / "丹阜时讯_2018-03-16_A01.txt", "丹阜时讯 2018年3月15日 星期四\n" + TEXT)
    put(tmp_path / "鹿亭报_2018-03-16_02.txt", OTHER)
    put(tmp_path / "items.jsonl", "\n".join(json.dumps(i) for i in [
        {"id": "i1", "text": TEXT, "published": "2019-01-02", "paper": "某报", "place": ["河南省", "丹阜区"], "headline": "标题",
         "url": "http://e.example/2"},
        {"id": "i2", "text": TEXT, "published": "2019-01-02"}]))
    put(tmp_path / "sources.csv", "file,published,paper,place,page,url\n"
                                  "丹阜时讯_2018-03-16_A01,2018-03-14,时讯,丹阜区,3,http://e.example/1\ni2,2020-01-01,,,,\n")
    read = Read(tmp_path, published="2000-01-01", place="郑州市管城回族区")
    assert read.errors == []
    seen = {s: (p.published, p.paper, p.place, p.page, p.url, p.headline) for s, p in read.by_source.items()}
    assert seen == {
        "丹阜时讯_2018-03-16_A01.txt": ("2018-03-14", "时讯", ("丹阜区",), "3", "http://e.example/1", None),
        "鹿亭报_2018-03-16_02.txt": ("2000-01-01", "鹿亭报", ("郑州市", "管城回族区"), "02", None, None),
        "i1": ("2019-01-02", "某报", ("河南省", "丹阜区"), None, "http://e.example/2", "标题"),
        "i2": ("2020-01-01", None, ("郑州市", "管城回族区"), None, None, None)}


def test_the_page_before_its_name(tmp_path: Path) -> None:
    put(tmp_path / "丹阜时讯_2018-03-16_A01.txt", "丹阜时讯 2018年3月15日 星期四\n" + TEXT)
    assert Read(tmp_path).pages[0].published == "2018-03-15"


def test_the_date_in_an_address(tmp_path: Path) -> None:
    put(tmp_path / "2021-04/25/content_1.htm", f"<h1>区委召开推进会</h1><p>{TEXT}</p>")
    put(tmp_path / "w.jsonl", json.dumps({"id": "1", "text": TEXT, "url": "http://e.example/html/2021-04/26/content_2.htm"}))
    assert {p.source: p.published for p in Read(tmp_path).pages} == {"2021-04/25/content_1.htm": "2021-04-25", "1": "2021-04-26"}


def test_a_date_inside_an_article_is_no_issue_date(tmp_path: Path) -> None:
    put(tmp_path / "page.txt", "区委召开推进会\n2021年4月25日，区委召开推进会。\n特此通知。\n2021年4月26日\n")
    assert Read(tmp_path).pages[0].published is None


def test_wechat_dates_are_beijing_days(tmp_path: Path) -> None:
    for name, stamp in (("a", 1619366399), ("b", 1619366400)):  # the last second of the 25th in Beijing, and the next
        put(tmp_path / f"{name}.html", f"<div id='js_content'><p>{TEXT}</p></div><script>var ct = \"{stamp}\";</script>")
    assert [p.published for p in Read(tmp_path).pages] == ["2021-04-25", "2021-04-26"]


@pytest.mark.parametrize(("text", "expected"), [
    ("河南省/郑州市/管城回族区", ("河南省", "郑州市", "管城回族区")), ("郑州市 管城回族区", ("郑州市", "管城回族区")),
    ("郑州市管城回族区", ("郑州市", "管城回族区")),
    ("新疆维吾尔自治区喀什地区莎车县", ("新疆维吾尔自治区", "喀什地区", "莎车县")),
    ("丹阜", ("丹阜",)), ("", ())])
def test_places(text: str, expected: tuple[str, ...]) -> None:
    assert places(text) == expected


def bad_folder(folder: Path) -> None:
    put(folder / "a_good.txt", TEXT)
    put(folder / "b_empty.txt", "")
    put(folder / "c_binary.txt", bytes(range(256)))
    put(folder / "d_cut.txt", (OTHER + "会").encode()[:-1])
    put(folder / "e_long.txt", "长" * (reading.MAX_LINE_CHARS + 1))
    put(folder / "f_latin.txt", TEXT.encode().decode("latin-1"))
    put(folder / "g.pdf", b"%PDF-1.4")
    put(folder / "h.docx", b"PK\x03\x04")
    put(folder / "i.zip", b"PK\x03\x04 not an archive")
    put(folder / "j.jsonl", '{"id": "j1", "text": "区委开会。"}\n{broken\n[1]\n{"id": "j2"}\n{"id": "j3", "text": 7}\n\n'
                            '{"id": "j4", "text": "区委开会。", "paper": 1.5}\n')
    put(folder / "k.html", "<html><body></body></html>")
    put(folder / "z_good.txt", OTHER)
    os.mkfifo(folder / "l_fifo.txt")


def test_a_bad_file_costs_nothing_but_itself(tmp_path: Path) -> None:
    bad_folder(tmp_path)
    read = Read(tmp_path)
    assert [p.source for p in read.pages] == ["a_good.txt", "d_cut.txt", "j1", "j4", "z_good.txt"]
    assert read.by_source["d_cut.txt"].text == OTHER
    expected = {"b_empty.txt": "empty", "c_binary.txt": "binary", "d_cut.txt": "cut inside a character",
                "e_long.txt:1": "a line of", "f_latin.txt": "mis-encoded", "g.pdf": "pdftotext", "h.docx": "pandoc",
                "i.zip": "not a ZIP",
                "j.jsonl:2": "not JSON", "j.jsonl:3": "must be a JSON object", "j.jsonl:4": "no text",
                "j.jsonl:5": "text must be a string",
                "j.jsonl:7": "paper must be a string", "k.html": "no text", "l_fifo.txt": "not a regular file"}
    assert len(read.errors) == len(expected)
    for name, reason in expected.items():
        assert any(e.startswith(f"{tmp_path}{os.sep}{name}: ") and reason in e for e in read.errors), (name, read.errors)


def test_missing_input() -> None:
    read = Read("no/such/file.txt")
    assert read.pages == []
    assert read.errors == ["no/such/file.txt: there is no such file or folder"]


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(reading, "MAX_ITEM_BYTES", 1000)
    put(tmp_path / "a.txt", TEXT * 20)
    put(tmp_path / "b.jsonl", json.dumps({"id": "1", "text": "区" * 1000}) + "\n" + json.dumps({"id": "2", "text": TEXT}) + "\n")
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * 10_000_000)
        archive.writestr("good.txt", TEXT)
    read = Read(tmp_path)
    assert [p.source for p in read.pages] == ["2", "c.zip/good.txt"]
    assert len(read.errors) == 3


def test_a_wrong_option_is_said() -> None:
    read = Read(published="gestern")
    assert read.errors == ["--published: 'gestern' is no date (YYYY-MM-DD)"]


def test_sidecar_errors_name_the_line(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", TEXT)
    put(tmp_path / "sources.csv", "file,published\na.txt,2021-02-30\na.txt,2021-02-28\nmissing.txt,2021\nb.txt,2021,too,many\n")
    read = Read(tmp_path)
    assert read.pages[0].published is None
    assert sorted(e.removeprefix(f"{tmp_path}{os.sep}sources.csv:") for e in read.errors) == [
        "2: published '2021-02-30' is no date (YYYY-MM-DD)", "3: a.txt stands twice, first in line 2",
        "4: there is no page missing.txt", "5: more columns than the header has", "5: there is no page b.txt"]
    put(tmp_path / "sources.csv", "name,date\na.txt,2021\n")
    assert any("no column source or file" in e for e in Read(tmp_path).errors)
    put(tmp_path / "sources.csv", "file,date\na.txt,2021\n")
    assert any("nothing is read from date (columns are source, file, published" in e for e in Read(tmp_path).errors)


def test_one_file_given_alone_does_not_miss_the_other_rows(tmp_path: Path) -> None:
    put(tmp_path / "sources.csv", "file,published\na.txt,2021-02-28\nb.txt,2021-02-28\n")
    read = Read(put(tmp_path / "a.txt", TEXT))
    assert (read.pages[0].published, read.errors) == ("2021-02-28", [])


def test_the_order_of_the_inputs_does_not_matter(tmp_path: Path) -> None:
    bad_folder(tmp_path / "one")
    put(tmp_path / "two/m.txt", OTHER)
    single = put(tmp_path / "three.txt", TEXT)
    inputs: list[str | Path] = [tmp_path / "one", tmp_path / "two", single]
    expected = Read(*inputs).pages
    for seed in range(5):
        random.Random(seed).shuffle(inputs)
        assert Read(*inputs, inputs[0]).pages == expected


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    put(tmp_path / "x/page.txt", TEXT)
    put(tmp_path / "y/page.txt", OTHER)
    forward, backward = Read(tmp_path / "x", tmp_path / "y").pages, Read(tmp_path / "y", tmp_path / "x").pages
    assert [(p.source, p.text) for p in forward] == [("x/page.txt", TEXT), ("y/page.txt", OTHER)]
    assert forward == backward


def test_two_items_of_one_id_stay_apart(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", json.dumps({"id": "1", "text": TEXT}) + "\n" + json.dumps({"id": "1", "text": OTHER}))
    assert [p.source for p in Read(tmp_path).pages] == ["1", "1#2"]


def test_pages_are_read_one_at_a_time(tmp_path: Path) -> None:
    for i in range(5):
        put(tmp_path / f"{i}.txt", TEXT)
    stream = read_pages([tmp_path], report=lambda error: None)
    assert next(stream).source == "0.txt"
    (tmp_path / "4.txt").write_text(OTHER, encoding="utf-8")  # not read yet
    assert list(stream)[-1].text == OTHER


def test_half_a_surrogate_can_be_written_again(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", '{"id": "1", "text": "区委\\ud800开会。"}')
    read = Read(tmp_path)
    assert read.pages[0].text == "区委\ufffd开会。"
    assert len(read.errors) == 1
    read.pages[0].text.encode()


@given(st.binary(max_size=300), st.sampled_from([".txt", ".html", ".jsonl", ".zip"]))
def test_any_bytes_are_pages_or_errors(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"page{suffix}"
    path.write_bytes(data)
    read = Read(path)
    if suffix != ".jsonl":
        assert read.pages or read.errors
    for page in read.pages:
        assert isinstance(page, Page)
        articles(page)
