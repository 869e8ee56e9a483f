"""Reading pages: text, HTML, JSON lines, archives; decoding; issue date, paper and page number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.model import Page

_NAME = re.compile(r"(?P<paper>[^_]+)_(?:(?P<date>\d{4}-\d\d-\d\d)(?:_(?P<page>[^_]+))?)?")


def decode(data: bytes) -> str:
    """UTF-8 (a byte order mark is dropped), else GB 18030. Raises UnicodeDecodeError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def read_pages(inputs: Sequence[str | Path], *, published: str | None = None, place: str | None = None, paper: str | None = None,
               report: Callable[[InputError], None]) -> Iterator[Page]:
    """The pages of files and folders, sorted by their source."""
    found: list[tuple[str, Path]] = []
    for given in map(Path, inputs):
        if given.is_dir():
            found += [(p.relative_to(given).as_posix(), p) for p in given.rglob("*.txt")]
        else:
            found.append((given.name, given))
    for source, path in sorted(found):
        try:
            text = decode(path.read_bytes())
        except (OSError, UnicodeDecodeError) as error:
            report(InputError(f"{path}: {error}"))
            continue
        if not text.strip():
            report(InputError(f"{path}: empty"))
            continue
        named = _NAME.match(path.stem)
        yield Page(source, text, published or (named and named["date"]) or None, paper or (named["paper"] if named else None),
                   (place,) if place else (), named["page"] if named else None)
