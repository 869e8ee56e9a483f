"""Records as JSON lines, one article a line: the only place that knows the form of the file."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Record, SourceRun

SCHEMA = 1
# Always written, even when empty: readers of the file count on them.
_KEPT = frozenset({"headline", "bylines", "people", "posts", "changes", "events", "campaigns", "statements", "appearances",
                   "bodies", "body", "date", "by", "place", "published", "paper", "speaker", "mentions", "source_map"})


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, with stable key order.

    Optional fields at their default are left out; ``source_map`` becomes ``[text_start, source_start, length]`` runs.
    """
    plain = {"schema": record.schema}
    plain.update(_plain(record))
    return plain


def dumps(record: Record) -> str:
    """One line of JSON, without the line end."""
    return json.dumps(to_json(record), ensure_ascii=False, separators=(", ", ": "))


def write(records: Iterable[Record], path: Path) -> None:
    """Write records to ``path``, UTF-8, one a line, in the order given."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(dumps(record) + "\n")


def loads(line: str, where: str = "record") -> Record:
    """Read one line back.

    Raises InputError that says ``where`` and which field is wrong, for text that is not a record of schema 1.
    """
    try:
        plain = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    if not isinstance(plain, dict):
        raise InputError(f"{where}: a record must be a JSON object")
    if plain.get("schema", SCHEMA) != SCHEMA:
        raise InputError(f"{where}: schema {plain.get('schema')!r}, this version reads schema {SCHEMA}")
    try:
        record: Record = _build(Record, plain, "record")
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: {error}") from error
    return record


def read(path: Path) -> Iterator[Record]:
    """Read a file that ``write`` wrote; errors name the file and the line."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            where = f"{path}:{number}"
            try:
                text = line.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise InputError(f"{where}: not UTF-8 (byte {error.start + 1} of the line)") from error
            if text.strip():
                yield loads(text, where)


def _key(name: str) -> str:
    return name.removesuffix("_")


def _plain(value: Any) -> Any:
    if isinstance(value, SourceRun):
        return [value.text_start, value.source_start, value.length]
    if is_dataclass(value):
        return {_key(f.name): _plain(getattr(value, f.name)) for f in fields(value)
                if f.name in _KEPT or getattr(value, f.name) != f.default}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache
def _shape(kind: type) -> tuple[tuple[Field[Any], Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((f, hints[f.name]) for f in fields(kind))


def _build(kind: Any, plain: Any, where: str) -> Any:
    """Build a value of the annotated type from plain JSON; TypeError or ValueError names the field."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if plain is None:
            return None
        return _build(next(a for a in args if a is not type(None)), plain, where)
    if origin is typing.Literal:
        if plain not in args:
            raise ValueError(f"{where} must be one of {', '.join(map(str, args))}, not {plain!r}")
        return plain
    if origin is tuple:
        if not isinstance(plain, list):
            raise TypeError(f"{where} must be a list")
        return tuple(_build(args[0], item, f"{where}[{i}]") for i, item in enumerate(plain))
    if kind is SourceRun:
        if not (isinstance(plain, list) and len(plain) == 3 and all(isinstance(n, int) for n in plain)):
            raise TypeError(f"{where} must be [text_start, source_start, length]")
        return SourceRun(*plain)
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(plain, dict):
            raise TypeError(f"{where} must be an object")
        values = {}
        for f, hint in _shape(kind):
            key = _key(f.name)
            if key in plain:
                values[f.name] = _build(hint, plain[key], f"{where}.{key}")
            elif f.default is MISSING:
                raise TypeError(f"{where} has no {key}")
        return kind(**values)
    if kind is float and isinstance(plain, int) and not isinstance(plain, bool):
        return float(plain)
    if not isinstance(plain, kind) or (kind is int and isinstance(plain, bool)):
        raise TypeError(f"{where} must be {kind.__name__}, not {type(plain).__name__}")
    return plain
