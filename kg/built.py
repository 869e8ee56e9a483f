"""A built folder, opened: its graph, its RDF, its tables, its page."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import networkx as nx
import rdflib
from pyoxigraph import Store

from kg import records
from kg.errors import InputError
from kg.graph.build import build_graph
from kg.graph.coappearance import coappearance, coappearance_graph
from kg.graph.codebook import TABLES, TRUE, Table
from kg.model import Record
from kg.rdf.query import ask, names_graphs, open_store, prepare, query
from kg.resolve import resolve
from kg.resolve.judgements import parse_judgements
from kg.resolve.model import Resolution, Selection
from kg.view.page import Page, render_page

MANIFEST = "manifest.json"


def load(folder: str | Path) -> Built:
    """Open what ``build`` wrote. Raises InputError where the folder holds no build."""
    built = Built(Path(folder))
    manifest = built.manifest
    sound = (isinstance(manifest.get("counts"), dict) and manifest.get("selection") in get_args(Selection)
             and isinstance(manifest.get("judgements"), str | None))
    if not sound:
        raise InputError(f"{folder}: {MANIFEST} is not one that a build writes")
    return built


@dataclass(frozen=True)
class Built:
    """What a build wrote, read when asked for. Nothing here changes the folder."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Inputs, lexicons and judgements by hash, versions, options, counts."""
        path = self.folder / MANIFEST
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise InputError(f"{self.folder}: no build here ({MANIFEST} is missing)") from error
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: cannot be read: {error}") from error
        if not isinstance(plain, dict):
            raise InputError(f"{path}: not a JSON object")
        return plain

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """One record an article, with the ids that resolution gave."""
        path = self.folder / "records.jsonl"
        try:
            return tuple(records.read(path))
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error

    @cached_property
    def resolution(self) -> Resolution:
        """Who is who: made again from the records and the judgements, of which it is a pure function."""
        text = self.manifest.get("judgements") or ""
        return resolve(self.records, parse_judgements(text, f"{self.folder}: judgements"), self.manifest["selection"])

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """All kinds of nodes and edges, with evidence ids as tuples (``graph.graphml`` holds them joined)."""
        return build_graph(self.resolution)

    def coappearance(self, least: int = 1, officials: bool = True) -> nx.Graph:
        """The simple weighted graph of who appears with whom; see ``kg.graph.coappearance``."""
        return coappearance_graph(coappearance(self.resolution), self.resolution, least, officials)

    def rdf(self) -> rdflib.Graph:
        """``graph.ttl``, parsed."""
        return rdflib.Graph().parse(self.folder / "graph.ttl", format="turtle")

    def query(self, sparql: str, bind: Mapping[str, Any] | None = None, seconds: float | None = None) -> Any:
        """Run SPARQL over the folder's RDF, offline; see ``kg.rdf.query``.

        The graph is loaded at the first query and kept for the next ones. With ``seconds``, a query that takes longer is
        stopped (InputError); it then loads the graph for itself.
        """
        if seconds is not None:
            return query(self.folder, sparql, bind, seconds=seconds)
        prepared = prepare(sparql, bind)
        return ask(self._named_store if names_graphs(prepared) else self._store, prepared)

    @cached_property
    def _store(self) -> Store:
        return open_store(self.folder, named=False)

    @cached_property
    def _named_store(self) -> Store:
        return open_store(self.folder)

    @cached_property
    def tables(self) -> dict[str, Any]:
        """Each table of the codebook by name: a pandas DataFrame where pandas is installed, else a list of dicts; typed.

        Several values in a cell stay one string joined by ``; ``, as in the file.
        """
        return {table.name: _table(self.folder / "tables" / f"{table.name}.csv", table) for table in TABLES}

    def view(self, **options: Any) -> Page:
        """The page of the graph; in a notebook it shows itself. Options as ``kg.view.page.render_page`` has them."""
        return Page(render_page(self.resolution, **options))


def _table(path: Path, table: Table) -> Any:
    types = {column.name: column.type for column in table.columns}
    if find_spec("pandas"):
        pandas = import_module("pandas")  # not a dependency: whoever has it gets its frames
        kinds = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
        return pandas.read_csv(path, dtype={name: kinds[kind] for name, kind in types.items()}, encoding="utf-8-sig",
                               keep_default_na=False, na_values=[""])
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: _typed(text, types[name]) for name, text in row.items()} for row in csv.DictReader(file)]


def _typed(text: str, kind: str) -> str | int | float | bool | None:
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    return text == TRUE if kind == "boolean" else text
