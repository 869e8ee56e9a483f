"""SPARQL over a built folder, on pyoxigraph, without the network.

The default graph is everything together with the ontology; ``GRAPH ?article { … }`` sees what one article says. The prefixes of
``ontology/kg.ttl`` need not be declared. A parameter of a query is a ``VALUES`` line of one variable; its value there is the
default, which a user edits or replaces by ``bind``. The values are put in as escaped terms, never as text of the query.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, Literal, cast

import pyoxigraph

from kg.errors import InputError
from kg.graph.tables import cell
from kg.rdf import terms
from kg.rdf.serialise import NQUADS, TURTLE
from kg.rdf.vocabulary import ontology, ontology_text, vocabulary

Value = str | int | float | bool | None
Bind = Mapping[str, str | Sequence[str]]
Format = Literal["table", "csv", "json"]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer: names of the columns, and rows of plain values (an IRI is its text, an unbound variable None).

    ASK gives one row of one boolean; CONSTRUCT and DESCRIBE give triples as subject, predicate, object.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a ``VALUES`` line gives values to: ``note`` says what it is, ``default`` is the line's own text."""

    name: str
    default: str
    note: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of ``ontology/queries``: its question in Chinese and English, its parameters, an example, its text."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    example: str
    sparql: str


def query(folder: Path, sparql: str, bind: Bind | None = None, where: str = "query", seconds: float | None = None) -> Result:
    """Ask the graph of a built folder.

    ``bind`` replaces the values of parameters (``{"name": "虎岩"}``, or several: ``{"name": ["虎岩", "王平"]}``); ``where`` names
    the query in errors. Raises InputError, which names the query and the line, for a query that is wrong, that names a service,
    or that has no such parameter; for a folder without a graph or with a broken one; and where ``seconds`` are given, for a query
    that has no answer by then.
    """
    prepared = prepare(sparql, bind, where)
    if seconds is not None:
        return _within(seconds, folder, prepared, where)
    return ask(open_store(folder, named=names_graphs(prepared)), prepared, where=where)


def _within(seconds: float, folder: Path, prepared: str, where: str) -> Result:
    """The answer of a child process, which is killed when its time is up: a query under way cannot be stopped from inside."""
    here, there = Pipe(duplex=False)
    child = Process(target=_answer, args=(there, folder, prepared, where), daemon=True)
    child.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise InputError(f"{where}: no answer within {seconds:g} s; ask for less, or allow more time")
        found: Result | InputError = here.recv()
    except EOFError as error:
        raise InputError(f"{where}: ended without an answer, perhaps for want of memory") from error
    finally:
        child.kill()
        child.join()
        here.close()
    if isinstance(found, InputError):
        raise found
    return found


def _answer(there: Connection, folder: Path, prepared: str, where: str) -> None:
    try:
        there.send(query(folder, prepared, where=where))
    except InputError as error:
        there.send(error)


def open_store(folder: Path, named: bool = True) -> pyoxigraph.Store:
    """The graph of a built folder in memory, to ask several times; ``named``: with the named graphs, at twice the size."""
    store = pyoxigraph.Store()
    store.bulk_load(ontology_text("kg.ttl").encode(), format=pyoxigraph.RdfFormat.TURTLE)
    turtle, packed = folder / TURTLE, folder / NQUADS
    for file in (turtle, packed):
        if not file.is_file():
            raise InputError(f"{folder}: has no {file.name}: not a folder that kg build wrote")
    try:
        store.bulk_load(path=turtle, format=pyoxigraph.RdfFormat.TURTLE)
    except (SyntaxError, ValueError, OSError) as error:
        raise InputError(f"{turtle}: {error}") from error
    if named:
        try:
            with gzip.open(packed) as quads:
                store.bulk_load(cast(IO[bytes], quads), format=pyoxigraph.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
            raise InputError(f"{packed}: {error}") from error
    return store


def ask(store: pyoxigraph.Store, sparql: str, bind: Bind | None = None, where: str = "query") -> Result:
    """Ask an open store; see ``query``. Rows stand in the order that the query asks for, else sorted."""
    prepared = prepare(sparql, bind, where)
    try:
        found = store.query(prepared, prefixes=dict(vocabulary().prefixes))
        result = _result(found)
    except SyntaxError as error:
        raise InputError(_syntax(str(error), prepared, where)) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(f"{where}: {error}") from error
    if "ORDER" in _words(prepared):
        return result
    return Result(
        result.columns, tuple(sorted(result.rows, key=lambda row: tuple((value is not None, str(value)) for value in row)))
    )


def prepare(sparql: str, bind: Bind | None = None, where: str = "query") -> str:
    """The query with its parameters replaced; InputError for a parameter that it has not, and for SERVICE."""
    for name, values in (bind or {}).items():
        sparql = _bound(sparql, name, (values,) if isinstance(values, str) else tuple(values), where)
    service = _service(sparql)
    if service is not None:
        raise InputError(f"{where}:{service}: SERVICE asks another machine; kg answers from the folder alone")
    return sparql


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries of ``ontology/queries`` by name, sorted."""
    names = sorted(file.name.removesuffix(".rq") for file in (ontology() / "queries").iterdir() if file.name.endswith(".rq"))
    return {name: _named(name, ontology_text(f"queries/{name}.rq")) for name in names}


def named_query(name: str) -> NamedQuery:
    """The query of that name; InputError that lists the names for another."""
    queries = named_queries()
    if name not in queries:
        raise InputError(f"no query is called {name!r}; there are: {', '.join(queries)}")
    return queries[name]


def render(result: Result, form: Format) -> str:
    """The result as text: a ``table`` for people, ``csv`` (RFC 4180), or ``json`` (a list of objects)."""
    if form == "json":
        rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(result.columns)
        writer.writerows([_csv_cell(value) for value in row] for row in result.rows)
        return out.getvalue()
    return _table(result)


# ------------------------------------------------------------------ parameters

_TERM = r'"(?:[^"\\\n]|\\.)*"(?:@[A-Za-z-]+|\^\^(?:<[^<>\s]*>|[\w-]*:[\w-]+))?|<[^<>\s]*>|[^\s{}"<>#]++'
# Possessive, so that a line that is none is left at once.
_VALUES = re.compile(rf"^([ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{{)((?:\s*+(?:{_TERM}))*+)(\s*\}})", re.MULTILINE | re.IGNORECASE)
_SUFFIX = re.compile(r'"(?:[^"\\\n]|\\.)*"(@[A-Za-z-]+|\^\^(?:<[^<>\s]*>|[\w-]*:[\w-]+))?')
_PREFIXED = re.compile(r"[A-Za-z][\w-]*:[\w-]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_INTEGER = re.compile(r"[+-]?\d+")


def _bound(sparql: str, name: str, values: tuple[str, ...], where: str) -> str:
    """The query with the values of ``?name`` replaced in each of its VALUES lines; they keep the type of the default."""
    if not values:
        raise InputError(f"{where}: parameter {name} has no value")
    known = [match.group(2) for match in _VALUES.finditer(sparql)]
    if name not in known:
        raise InputError(f"{where}: has no parameter {name!r}; it has: {', '.join(dict.fromkeys(known)) or 'none'}")

    def replaced(match: re.Match[str]) -> str:
        if match.group(2) != name:
            return match.group()
        default = re.match(_TERM, match.group(3).strip())
        given = " ".join(
            _as_term(default.group() if default else "UNDEF", value, f"{where}: parameter {name}") for value in values
        )
        return f"{match.group(1)} {given} }}"

    return _VALUES.sub(replaced, sparql)


def _as_term(default: str, value: str, where: str) -> str:
    """``value`` as a SPARQL term of the type of ``default``; a default UNDEF stands for a string, and a value UNDEF for any."""
    if value == "UNDEF" and (default == "UNDEF" or default.startswith('"')):
        return value
    if default.startswith('"'):
        match = _SUFFIX.fullmatch(default)
        suffix = (match.group(1) if match else None) or ""
        if suffix.endswith("date>") or suffix == "^^xsd:date":
            _check_day(value, where)
        return terms.text(value) + suffix
    if _INTEGER.fullmatch(default):
        if not _INTEGER.fullmatch(value):
            raise InputError(f"{where}: {value!r} is no whole number")
        return value
    if default.startswith("<") or ":" in default:
        if _PREFIXED.fullmatch(value) and value.partition(":")[0] in vocabulary().prefixes:
            return value
        if not _IRI.fullmatch(value):
            raise InputError(f"{where}: {value!r} is no IRI")
        return f"<{value}>"
    return terms.text(value)


def _check_day(value: str, where: str) -> None:
    try:
        if date.fromisoformat(value).isoformat() == value:
            return
    except ValueError:
        pass
    raise InputError(f"{where}: {value!r} is no date; write it as 2021-05-18")


def _named(name: str, sparql: str) -> NamedQuery:
    """Read the head of a query: two lines of comment with the question, then ``param NAME: note`` and ``example:``."""
    head = [line.removeprefix("#").strip() for line in sparql.partition("\n\n")[0].split("\n") if line.startswith("#")]
    notes = {}
    for line in head:
        if line.startswith("param "):
            key, _, note = line.removeprefix("param ").partition(":")
            notes[key.strip()] = note.strip()
    parameters = tuple(
        Parameter(match.group(2), match.group(3).strip(), notes[match.group(2)])
        for match in _VALUES.finditer(sparql)
        if match.group(2) in notes
    )
    example = next((line.removeprefix("example:").strip() for line in head if line.startswith("example:")), "")
    return NamedQuery(name, head[0], head[1], parameters, example, sparql)


# ------------------------------------------------------------------ what a query may not do

_TOKENS = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    |(?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<number>\.?\d[\d.]*(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d][\w-]*)(?P<local>:(?:[\w:.%-]|\\.)*)?
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def _service(sparql: str) -> str | None:
    """``line:column`` of the first SERVICE, also one glued to what stands before it (``1SERVICE`` is read as two tokens)."""
    for text in dict.fromkeys((sparql, _CODE.sub(_character, sparql))):
        for match in _TOKENS.finditer(text):
            if match.lastgroup in ("word", "local") and "SERVICE" in match.group("word").upper():
                return f"{text.count(chr(10), 0, match.start()) + 1}:{match.start() - text.rfind(chr(10), 0, match.start())}"
    return None


def _character(match: re.Match[str]) -> str:
    """SPARQL reads ``\\u0053`` anywhere as the character itself."""
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else match.group()


def _words(sparql: str) -> frozenset[str]:
    return frozenset(match.group("word").upper() for match in _TOKENS.finditer(sparql) if match.lastgroup == "word")


def names_graphs(sparql: str) -> bool:
    """Whether the query may look into named graphs; where in doubt, yes."""
    text = _CODE.sub(_character, sparql).upper()
    return "GRAPH" in text or "FROM" in text


def _syntax(message: str, sparql: str, where: str) -> str:
    """``query:3:10: expected … near: ?s ?p``: where, what, and the line; long lists of what might have stood there are cut."""
    match = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if match is None:
        return f"{where}: {_cut(message, 160)}"
    line, column, what = match.groups()
    unknown = _unknown_prefix(sparql)
    if unknown is not None:  # of this the parser says little, and within a path nothing
        at = unknown.start()
        line, column = str(sparql.count("\n", 0, at) + 1), str(at - sparql.rfind("\n", 0, at))
        what = f"unknown prefix {unknown['word']}:; kg declares {', '.join(vocabulary().prefixes)}"
    elif not _words(sparql) & {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:  # the parser names any one of what it had hoped for
        what = "expected SELECT, ASK, CONSTRUCT or DESCRIBE (kg only reads)"
    text = dict(enumerate(sparql.split("\n"), start=1)).get(int(line), "")
    return f"{where}:{line}:{column}: {_cut(what, 120)}" + (f" near: {_cut(text, 60)}" if text.strip() else "")


def _unknown_prefix(sparql: str) -> re.Match[str] | None:
    """The first name with a prefix that neither the query nor kg declares."""
    declared = {"_", *vocabulary().prefixes, *re.findall(r"PREFIX\s+([\w-]+):", sparql, re.IGNORECASE)}
    return next((m for m in _TOKENS.finditer(sparql) if m["local"] is not None and m["word"] not in declared), None)


def _cut(text: str, length: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else plain[:length] + " …"


# ------------------------------------------------------------------ values


def _result(found: Any) -> Result:
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Result(("ask",), ((bool(found),),))
    if isinstance(found, pyoxigraph.QueryTriples):
        triples = ((_value(triple.subject), _value(triple.predicate), _value(triple.object)) for triple in found)
        return Result(("subject", "predicate", "object"), tuple(triples))
    columns = tuple(variable.value for variable in found.variables)
    return Result(columns, tuple(tuple(_value(row[name]) for name in columns) for row in found))


_WHOLE = frozenset(
    terms.XSD + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
)
_REAL = frozenset(terms.XSD + name for name in ("decimal", "double", "float"))


def _value(term: Any) -> Value:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.BlankNode):
        return str(term)
    if isinstance(term, pyoxigraph.Literal):
        kind, text = term.datatype.value, term.value
        try:
            if kind in _WHOLE:
                return int(text)
            if kind in _REAL:
                return float(text)
        except ValueError:
            return str(text)
        if kind == terms.XSD + "boolean":
            return text in ("true", "1")
        return str(text)
    return str(term.value)


def _csv_cell(value: Value) -> str:
    """As SPARQL's own CSV has it: true, false."""
    return str(value).lower() if isinstance(value, bool) else cell(value)


def _table(result: Result) -> str:
    rows = [[_shown(value) for value in row] for row in result.rows]
    widths = [max(_width(text) for text in column) for column in zip(result.columns, *rows, strict=True)]
    ruled = ["─" * width for width in widths]
    return "".join(
        "  ".join(_padded(text, width) for text, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in (result.columns, ruled, *rows)
    )


def _shown(value: Value) -> str:
    """A value on one line of a terminal: line ends and control characters would break the table, or worse."""
    if value is None:
        return ""
    text = f"{value:.4g}" if isinstance(value, float) else _csv_cell(value) if isinstance(value, bool) else str(value)
    return "".join(" " if char in "\n\r\t" else "\ufffd" if unicodedata.category(char) in ("Cc", "Cf") else char for char in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: Iterable[str] | str, width: int) -> str:
    return f"{text}{' ' * (width - _width(str(text)))}"
