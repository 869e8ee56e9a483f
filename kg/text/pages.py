"""Reading pages: text, HTML, JSON lines, archives of these; what a sidecar, the page or its address say of its issue.

A bad file is one InputError given to ``report``, and the others go on. Nothing holds the whole corpus: names are sorted,
contents are read one at a time.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import os
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kg.errors import InputError
from kg.model import Page
from kg.text.decode import decode
from kg.text.html import read_html, title_of
from kg.text.issue import Issue, edtf, from_address, from_header, from_name
from kg.text.lines import text_lines

MAX_FILE_BYTES = 32 * 2**20  # a newspaper page has some 20 kB, a saved web page with inlined pictures some MB
MAX_LINE_CHARS = 200_000  # in plain text; a page's longest paragraph has some thousand
MAX_ITEM_BYTES = 8 * 2**20  # a line of a JSON-lines file
MAX_HEADER_LINES = 16
SIDECAR = "sources.csv"
STDIN = "-"

_KINDS = {".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".jsonl": "jsonl",
          ".ndjson": "jsonl", ".zip": "zip"}
_CONVERT = {
    ".pdf": "PDF is not read; convert it first, for instance: pdftotext {0} (poppler-utils)",
    ".docx": "DOCX is not read; convert it first, for instance: pandoc {0} -t plain -o page.txt",
    ".doc": "DOC is not read; convert it first, for instance: soffice --headless --convert-to txt {0}",
    ".odt": "ODT is not read; convert it first, for instance: pandoc {0} -t plain -o page.txt",
    ".rtf": "RTF is not read; convert it first, for instance: pandoc {0} -t plain -o page.txt",
    ".mht": "MHT is not read; save the page as HTML", ".mhtml": "MHTML is not read; save the page as HTML",
    ".json": "JSON is not read; write JSON lines (.jsonl), one object with id and text a line",
}
_BEIJING = timezone(timedelta(hours=8))
_PLACE_PART = re.compile(r"[^\s/、,，>|]+")
_PLACE_UNIT = re.compile(
    r".{1,12}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|新区|开发区|省|市(?!区|市)|州(?!区|市|县)|盟|区|县(?!区)|旗)")
_DATES_IN_META = (
    "article:published_time", "pubdate", "publishdate", "publish-date", "publish_date", "firstpublishedtime", "og:release_date",
    "dc.date", "date", "publishtime", "og:published_time")

_LOOKS_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<\?xml[^>]{0,80}>\s*<(?:!doctype )?html)", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, MemoryError)

Report = Callable[[InputError], None]


_NOTHING = Issue()


@dataclass(frozen=True, slots=True)
class _Meta:
    """What metadata says of a page; None where it says nothing."""

    issue: Issue = _NOTHING
    place: tuple[str, ...] = ()
    url: str | None = None

    def or_else(self, other: _Meta) -> _Meta:
        return _Meta(self.issue.or_else(other.issue), self.place or other.place, self.url or other.url)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read, in a folder or an archive."""

    source: str
    kind: str
    where: str  # for messages
    path: Path
    member: str | None  # in the archive at ``path``
    full: str  # the whole path, POSIX, to tell two files of one name apart
    keys: tuple[tuple[str, str], ...]  # (sidecar, name in it), nearest first


@dataclass(slots=True)
class _Found:
    """What a walk over the inputs finds; filled by the walk and then only read."""

    files: list[_File] = field(default_factory=list)
    sidecars: dict[str, dict[str, _Meta]] = field(default_factory=dict)
    lines: dict[str, dict[str, int]] = field(default_factory=dict)  # sidecar -> name -> line, to report names without a page
    whole: set[str] = field(default_factory=set)  # sidecars of folders and archives read in full


@dataclass(frozen=True, slots=True)
class _Around:
    """What reading a file needs beside the file."""

    found: _Found
    options: _Meta
    used: set[tuple[str, str]]
    report: Report


def read_pages(inputs: Sequence[str | Path], *, published: str | None = None, place: str | None = None, paper: str | None = None,
               report: Report) -> Iterator[Page]:
    """The pages of files, folders (with all below them), archives and ``-`` (standard input), in the order of their sources.

    ``published``, ``place``, ``paper`` hold where neither ``sources.csv`` nor an item's own fields say otherwise; after them come
    the page's header, meta tags and address, then the file's name. ``report`` gets one InputError for each file, item, line of a
    sidecar or option that cannot be used; good ones are never lost for it. The order and the sources depend on the files alone,
    not on the order of the arguments.
    """
    options = _Meta(Issue(_date_option(published, report), paper), places(place or ""))
    found = _walk(inputs, report)
    seen: Counter[str] = Counter()
    used: set[tuple[str, str]] = set()
    for page in _pages(found, options, used, report):
        seen[page.source] += 1
        yield page if seen[page.source] == 1 else replace(page, source=f"{page.source}#{seen[page.source]}")
    for sidecar in sorted(found.whole):
        for name, number in sorted(found.lines.get(sidecar, {}).items()):
            if (sidecar, name) not in used:
                report(InputError(f"{sidecar}:{number}: there is no page {name}"))


def places(text: str) -> tuple[str, ...]:
    """A place as metadata gives it, nearest last: ``河南省/郑州市/管城回族区``, ``郑州市 管城回族区``, ``郑州市管城回族区``."""
    parts = tuple(_PLACE_PART.findall(text))
    if len(parts) != 1:
        return parts
    units = tuple(_PLACE_UNIT.findall(parts[0]))
    return units if "".join(units) == parts[0] else parts


def _date_option(published: str | None, report: Report) -> str | None:
    date = edtf(published) if published else None
    if published and date is None:
        report(InputError(f"--published: {published!r} is no date (YYYY-MM-DD)"))
    return date


# ---------------------------------------------------------------- finding


def _walk(inputs: Sequence[str | Path], report: Report) -> _Found:
    found = _Found()
    taken: set[str] = set()
    for given in sorted({str(i) for i in inputs}):
        path = Path(given)
        if given == STDIN:
            found.files.append(_File(STDIN, "stdin", "standard input", path, None, STDIN, ()))
        elif path.is_dir():
            _walk_folder(path, found, taken, report)
        elif not path.exists():
            report(InputError(f"{given}: there is no such file or folder"))
        else:
            _take(path, path.parent, found, taken, report, given=True)
    found.files[:] = sorted(_distinct(found.files), key=lambda f: (f.source, f.full))
    return found


def _walk_folder(root: Path, found: _Found, taken: set[str], report: Report) -> None:
    def failed(error: OSError) -> None:
        report(InputError(f"{error.filename}: {error.strerror}"))

    for folder, below, names in os.walk(root, onerror=failed):
        below[:] = sorted(d for d in below if not d.startswith(".") and d != "__MACOSX")
        for name in sorted(names):
            if not name.startswith("."):
                _take(Path(folder) / name, root, found, taken, report, given=False)


def _take(path: Path, root: Path, found: _Found, taken: set[str], report: Report, *, given: bool) -> None:
    """Note a file for reading; those of other kinds are passed over in folders."""
    suffix = path.suffix.lower()
    kind = _KINDS.get(suffix, "text" if given and suffix not in _CONVERT else "")
    if suffix in _CONVERT and (given or suffix != ".json"):
        report(InputError(f"{path}: {_CONVERT[suffix].format(path.name)}"))
        return
    if not kind or path.name == SIDECAR:
        return
    full = readable(os.path.abspath(path)).replace(os.sep, "/")
    if full in taken:
        return
    taken.add(full)
    source = readable(path.relative_to(root).as_posix())
    keys = _sidecar_keys(path, root, found, report, whole=not given)
    if kind == "zip":
        _take_archive(path, source if not given else "", full, keys, found, report)
    else:
        found.files.append(_File(source, kind, str(path), path, None, full, keys))


def _sidecar_keys(path: Path, root: Path, found: _Found, report: Report, *, whole: bool) -> tuple[tuple[str, str], ...]:
    """Where metadata of a file may stand: the sidecars of its folder and of those above it, up to the input."""
    keys = []
    folder = path.parent
    while True:
        sidecar = folder / SIDECAR
        name = str(sidecar)
        if name not in found.sidecars:
            present = sidecar.is_file()
            rows = _read_sidecar(name, sidecar.read_bytes, report) if present else {}
            found.sidecars[name] = {key: meta for key, (meta, _) in rows.items()}
            found.lines[name] = {key: line for key, (_, line) in rows.items()}
        if found.sidecars[name]:
            keys.append((name, readable(path.relative_to(folder).as_posix())))
            if whole:
                found.whole.add(name)
        if folder == root or folder == folder.parent:
            return tuple(keys)
        folder = folder.parent


def _take_archive(path: Path, prefix: str, full: str, keys: tuple[tuple[str, str], ...], found: _Found, report: Report) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member_name(info): info for info in archive.infolist() if not info.is_dir()}
            for name in sorted(members):
                if PurePosixPath(name).name == SIDECAR:
                    where = f"{path}/{name}"
                    rows = _read_sidecar(where, lambda info=members[name]: archive.read(info), report)  # type: ignore[misc]
                    found.sidecars[where] = {key: meta for key, (meta, _) in rows.items()}
                    found.lines[where] = {key: line for key, (_, line) in rows.items()}
                    found.whole.add(where)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        report(InputError(f"{path}: not a ZIP archive that can be read ({error})"))
        return
    for name in sorted(members):
        pure = PurePosixPath(name)
        suffix = pure.suffix.lower()
        if pure.name.startswith(".") or "__MACOSX" in pure.parts or pure.name == SIDECAR:
            continue
        where = f"{path}/{name}"
        if suffix in _CONVERT and suffix != ".json":
            report(InputError(f"{where}: {_CONVERT[suffix].format(pure.name)}"))
            continue
        if _KINDS.get(suffix) in (None, "zip"):
            if suffix == ".zip":
                report(InputError(f"{where}: an archive inside an archive is not read; unpack it first"))
            continue
        inner = []
        for folder in pure.parents:
            side = f"{path}/{SIDECAR}" if str(folder) == "." else f"{path}/{folder}/{SIDECAR}"
            if found.sidecars.get(side):
                inner.append((side, pure.relative_to(folder).as_posix()))
        outer = [(side, f"{key}/{name}") for side, key in keys]
        source = f"{prefix}/{name}" if prefix else name
        found.files.append(_File(source, _KINDS[suffix], where, path, members[name].filename, f"{full}/{name}", (*inner, *outer)))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of an archive's member; archives made on Chinese systems hold GBK without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = None
        if raw is not None:
            for encoding in ("utf-8", "gb18030"):
                try:
                    name = raw.decode(encoding)
                    break
                except UnicodeDecodeError:
                    continue
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return readable("/".join(parts))


def readable(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 read as GB 18030, else escaped."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape") if all(not 0xD800 <= ord(c) < 0xDC80 for c in name) else b""
        try:
            return raw.decode("gb18030") if raw else name.encode("utf-8", "backslashreplace").decode()
        except UnicodeDecodeError:
            return raw.decode("utf-8", "backslashreplace")
    return name


def _distinct(files: Sequence[_File]) -> list[_File]:
    """Two files of one name under two inputs get as much of their path as tells them apart."""
    named = list(files)
    depth = 0
    while True:
        counts = Counter(f.source for f in named)
        depth += 1
        if depth > 64 or not any(n > 1 for n in counts.values()):
            return named
        named = [replace(f, source=_longer(f)) if counts[f.source] > 1 else f for f in named]


def _longer(file: _File) -> str:
    parts = file.full.strip("/").split("/")
    count = file.source.count("/") + 2
    return "/".join(parts[-count:])


# ---------------------------------------------------------------- sidecars


_COLUMNS = ("source", "file", "published", "paper", "place", "page", "url")


def _read_sidecar(where: str, read: Callable[[], bytes], report: Report) -> dict[str, tuple[_Meta, int]]:
    """``sources.csv``: columns source (or file), published, paper, place, page, url; any may be missing but the first."""
    try:
        text = decode(read(), where).text
    except (OSError, InputError) as error:
        report(error if isinstance(error, InputError) else InputError(f"{where}: {error.strerror}"))
        return {}
    rows: dict[str, tuple[_Meta, int]] = {}
    reader = csv.DictReader(text.splitlines())
    columns = [(c or "").strip().lower() for c in reader.fieldnames or ()]
    reader.fieldnames = columns
    key = "source" if "source" in columns else "file" if "file" in columns else None
    if key is None:
        report(InputError(f"{where}:1: no column source or file (found {', '.join(columns) or 'nothing'})"))
        return {}
    unread = [column for column in columns if column not in _COLUMNS]
    if unread and not {"published", "paper"} & {*columns}:
        report(InputError(f"{where}:1: nothing is read from {', '.join(unread)} (columns are {', '.join(_COLUMNS)})"))
    try:
        for row in reader:
            number = reader.line_num
            values = {k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)}
            name = values.get(key, "").replace("\\", "/").removeprefix("./")
            if not name:
                continue
            if None in row:
                report(InputError(f"{where}:{number}: more columns than the header has"))
            if name in rows:
                report(InputError(f"{where}:{number}: {name} stands twice, first in line {rows[name][1]}"))
                continue
            date = edtf(values["published"]) if values.get("published") else None
            if values.get("published") and date is None:
                report(InputError(f"{where}:{number}: published {values['published']!r} is no date (YYYY-MM-DD)"))
            issue = Issue(date, values.get("paper") or None, values.get("page") or None)
            rows[name] = (_Meta(issue, places(values.get("place", "")), values.get("url") or None), number)
    except csv.Error as error:
        report(InputError(f"{where}:{reader.line_num}: {error}"))
    return rows


def _of_sidecars(found: _Found, keys: Sequence[tuple[str, str]], used: set[tuple[str, str]]) -> _Meta:
    meta = _Meta()
    for sidecar, name in keys:
        table = found.sidecars.get(sidecar, {})
        for form in (name, PurePosixPath(name).with_suffix("").as_posix() if name else name):
            if form in table:
                used.add((sidecar, form))
                meta = meta.or_else(table[form])
                break
    return meta


# ---------------------------------------------------------------- reading


def _pages(found: _Found, options: _Meta, used: set[tuple[str, str]], report: Report) -> Iterator[Page]:
    archive: zipfile.ZipFile | None = None
    try:
        for file in found.files:
            try:
                if file.member is not None and (archive is None or archive.filename != str(file.path)):
                    if archive is not None:
                        archive.close()
                    archive = None
                    archive = zipfile.ZipFile(file.path)
                yield from _read(file, archive, _Around(found, options, used, report))
            except InputError as error:
                report(error)
            except _UNREADABLE as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
                report(InputError(f"{file.where}: cannot be read ({reason})"))
    finally:
        if archive is not None:
            archive.close()


def _read(file: _File, archive: zipfile.ZipFile | None, around: _Around) -> Iterator[Page]:
    if file.kind == "stdin":
        yield from _standard_input(sys.stdin.buffer, file, around)
        return
    if file.member is not None and archive is not None:
        stream = archive.open(file.member)
    elif file.path.is_file():
        stream = file.path.open("rb")
    else:
        raise InputError(f"{file.where}: not a regular file")
    with stream:
        if file.kind == "jsonl":
            yield from _items(stream, file, around)
        else:
            yield _page(_bounded(stream, file.where), file.kind, file, around)


def _bounded(stream: IO[bytes], where: str) -> bytes:
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"{where}: longer than {MAX_FILE_BYTES // 2**20} MiB; no page is, split it")
    return data


def _standard_input(stream: IO[bytes], file: _File, around: _Around) -> Iterator[Page]:
    """JSON lines where the first character is {, HTML where it is <, else one page of text."""
    start = stream.read(4096)
    first = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    whole = io.BufferedReader(_Chained(start, stream))
    if first == b"{":
        yield from _items(whole, file, around)
    else:
        yield _page(_bounded(whole, file.where), "html" if first == b"<" else "text", file, around)


class _Chained(io.RawIOBase):
    """A stream with the bytes that were read from it to see what it is."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._parts: list[IO[bytes]] = [io.BytesIO(start), rest]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._parts:
            data = self._parts[0].read(len(buffer))
            if data:
                buffer[:len(data)] = data
                return len(data)
            self._parts.pop(0)
        return 0


def _page(data: bytes, kind: str, file: _File, around: _Around) -> Page:
    known = _of_sidecars(around.found, file.keys, around.used).or_else(around.options)
    if data[:5] == b"%PDF-":
        raise InputError(f"{file.where}: {_CONVERT['.pdf'].format(PurePosixPath(file.source).name)}")
    decoded = decode(data, file.where)
    if decoded.warning:
        around.report(InputError(f"{file.where}: {decoded.warning}"))
    stem = PurePosixPath(file.source).stem
    if kind == "html" or (kind == "text" and _LOOKS_HTML.match(decoded.text)):
        return _html_page(decoded.text, file, known, stem)
    _check_lines(decoded.text, file.where)
    issue = known.issue.or_else(from_address(known.url or "")).or_else(from_header(_header(decoded.text)))
    issue = issue.or_else(from_name(stem)).or_else(from_address(_folder(file)))
    return Page(file.source, decoded.text, issue.published, issue.paper, known.place, issue.page, known.url)


def _html_page(text: str, file: _File, known: _Meta, stem: str) -> Page:
    html = read_html(text)
    if not html.lines:
        raise InputError(f"{file.where}: no text in this HTML page")
    url = known.url or _web(html.address) or _web(html.meta.get("og:url", ""))
    dates = [edtf(html.meta[key]) for key in _DATES_IN_META if html.meta.get(key)]
    stated = next((date for date in dates if date), None) or _stamp(html.stamp)
    meta = Issue(stated, html.account or html.meta.get("contentsource") or None)
    issue = known.issue.or_else(meta).or_else(from_address(url or "")).or_else(from_header(html.above))
    issue = issue.or_else(from_header([html.title]))
    issue = issue.or_else(from_name(stem)).or_else(from_address(_folder(file)))
    headline = None if any(line.hint == "head" for line in html.lines) else title_of(html)
    return Page(file.source, text, issue.published, issue.paper, known.place, issue.page, url, headline, "html")


def _web(address: str) -> str | None:
    return address if address.startswith(("http://", "https://")) else None


def _folder(file: _File) -> str:
    """The file's path as far as the input was given: ``2021-04/25/content_123.htm``."""
    return file.where.replace(os.sep, "/")


def _stamp(value: str) -> str | None:
    """A time of publication: a date, or seconds since 1970 in Beijing's time."""
    if value.isdigit() and len(value) == 10:
        return (datetime(1970, 1, 1, tzinfo=_BEIJING) + timedelta(seconds=int(value), hours=8)).strftime("%Y-%m-%d")
    return edtf(value) if value else None


def _header(text: str) -> list[str]:
    """The lines above the first paragraph."""
    found = []
    for line in text_lines(text[:4000])[:MAX_HEADER_LINES]:
        if len(line.text) > 80 or "。" in line.text or "本报讯" in line.text:
            break
        found.append(line.text)
    return found


def _check_lines(text: str, where: str) -> None:
    if len(text) <= MAX_LINE_CHARS:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > MAX_LINE_CHARS:
            raise InputError(f"{where}:{number}: a line of {len(line)} characters; at most {MAX_LINE_CHARS} are read")


# ---------------------------------------------------------------- JSON lines


def _items(stream: IO[bytes], file: _File, around: _Around) -> Iterator[Page]:
    number = 0
    while True:
        number += 1
        line = stream.readline(MAX_ITEM_BYTES + 1)
        if not line:
            return
        where = f"{file.where}:{number}"
        if len(line) > MAX_ITEM_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_ITEM_BYTES)
            around.report(InputError(f"{where}: a line of more than {MAX_ITEM_BYTES // 2**20} MiB"))
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            try:
                yield _item(line, where, file, number, around)
            except InputError as error:
                around.report(error)


def _item(line: bytes, where: str, file: _File, number: int, around: _Around) -> Page:
    try:
        decoded = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = decode(line, where).text
    try:
        item = json.loads(decoded)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON: {error.msg} at character {error.pos + 1}") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{where}: not JSON that can be read ({type(error).__name__})") from error
    if not isinstance(item, dict):
        raise InputError(f"{where}: an item must be a JSON object with id and text")
    text = item.get("text")
    if text is not None and not isinstance(text, str):
        raise InputError(f"{where}: text must be a string")
    if not text or not text.strip():
        raise InputError(f"{where}: no text in this item")
    _check_lines(text, where)
    text = _sound(text, where, around.report)
    identity = item.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if not isinstance(identity, str) or not identity.strip():
        around.report(InputError(f"{where}: no id in this item, its line number is taken"))
        identity = f"{file.source}:{number}"
    source = _sound(identity, where, around.report)
    values = {key: _field(item, key, where, around.report) for key in ("published", "paper", "headline", "url", "page")}
    date = edtf(values["published"]) if values["published"] else None
    if values["published"] and date is None:
        around.report(InputError(f"{where}: published {values['published']!r} is no date (YYYY-MM-DD)"))
    own = _Meta(Issue(date, values["paper"], values["page"]), _item_place(item, where, around.report), values["url"])
    keys = [(side, source) for side, _ in file.keys]
    known = _of_sidecars(around.found, keys, around.used).or_else(own).or_else(around.options)
    issue = known.issue.or_else(from_address(known.url or "")).or_else(from_header(_header(text)))
    issue = issue.or_else(from_name(PurePosixPath(source).stem))
    return Page(source, text, issue.published, issue.paper, known.place, issue.page, known.url, values["headline"])


def _field(item: dict[str, Any], key: str, where: str, report: Report) -> str | None:
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        report(InputError(f"{where}: {key} must be a string"))
        return None
    return _sound(value.strip(), where, report) or None if value else None


def _item_place(item: dict[str, Any], where: str, report: Report) -> tuple[str, ...]:
    value = item.get("place")
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(_sound(part.strip(), where, report) for part in value if part.strip())
    if value is not None and not isinstance(value, str):
        report(InputError(f"{where}: place must be a string or a list of strings"))
        return ()
    return places(_sound(value, where, report)) if value else ()


def _sound(text: str, where: str, report: Report) -> str:
    """Text that can be written again: half a surrogate pair becomes U+FFFD."""
    half = _SURROGATE.search(text)
    if half is None:
        return text
    report(InputError(f"{where}: half of a surrogate pair at character {half.start() + 1}, read as U+FFFD"))
    return _SURROGATE.sub("\ufffd", text)
