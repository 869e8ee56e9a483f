"""Guanpu 官谱: Chinese local newspaper pages to a knowledge graph of officials, offices, campaigns and meetings.

::

    pages (txt, html, jsonl, zip)
      -> text      decode, mend the layout, cut into articles, find issue date and place     Article     kg.read
      -> extract   bylines, people, posts, bodies, events, campaigns: one article at a time  Record      kg.extract
      -> resolve   who is who across articles; events told twice; tenures, successions       Resolution  kg.resolve
      -> graph     everything a node or an edge with its evidence; co-appearance; tables     networkx
      -> rdf       the same graph in the words of ontology/kg.ttl; SHACL; SPARQL             rdflib, pyoxigraph
      -> view      one offline page                                                          pyvis
                                                                         all of it:          kg.build, kg.load

Everything is a pure function of the pages, the lexicons and the user's judgements: the same input gives the same bytes, whatever
the order of the files, the number of processes or the day. The verbs below are the face of the package; a stage is imported when
the first verb needs it, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The packages of these names are bound before the verbs, which take the names over: kg.extract(...) is the verb, and
# "from kg.extract.article import ..." still finds the package.
import kg.extract as _extract  # noqa: F401
import kg.resolve as _resolve  # noqa: F401

if TYPE_CHECKING:
    from kg.built import Built
    from kg.model import Article, Record
    from kg.pipeline import Progress, Summary
    from kg.resolve.model import Resolution, Selection

Source = str | PathLike[str]


def read(inputs: Source | Sequence[Source], **options: Any) -> Iterator[Article]:
    """The articles of pages: files (.txt, .html, .jsonl, .zip) or folders of them, one or several.

    Options: ``published`` (EDTF issue date), ``place``, ``paper``. Raises InputError for a page that cannot be read.
    """
    corpus = import_module("kg.corpus")
    articles: Iterator[Article] = corpus.read(_several(inputs), corpus.Options(**options))
    return articles


def extract(inputs: Source | Sequence[Source], **options: Any) -> tuple[Record, ...]:
    """Read pages and extract a record an article, sorted by source and number.

    Options: ``published`` (EDTF issue date), ``place``, ``paper``, ``workers`` (processes). Raises InputError for a page that
    cannot be read, unless ``strict=False``: then it is left out.
    """
    corpus = import_module("kg.corpus")
    records: tuple[Record, ...] = corpus.read_records(_several(inputs), corpus.Options(**{"strict": True, **options})).records
    return records


def resolve(records: Iterable[Record], judgements: Source | None = None, selection: Selection = "unknown") -> Resolution:
    """Who is who, who held what when, across the articles of ``records``. Raises JudgementError."""
    stage, verdicts = import_module("kg.resolve"), import_module("kg.resolve.judgements")
    known = verdicts.read_judgements(Path(judgements)) if judgements else verdicts.NONE
    resolution: Resolution = stage.resolve(tuple(records), known, selection)
    return resolution


def build(inputs: Source | Sequence[Source], folder: Source, *, records_from: Source | None = None,
          judgements: Source | None = None, selection: Selection = "unknown",
          progress: Progress | None = None, **options: Any) -> Summary:
    """Read, extract, resolve, and write graph, RDF, tables and page into ``folder``; see ``kg.pipeline.build``.

    Options as for ``extract``; what cannot be read is left out and named in the summary, unless ``strict=True``;
    ``progress(stage, done, total)`` is called as it goes.
    """
    pipeline, corpus = import_module("kg.pipeline"), import_module("kg.corpus")
    summary: Summary = pipeline.build(_several(inputs), folder, corpus.Options(**options), records_from=records_from,
                                      judgements=judgements, selection=selection, progress=progress)
    return summary


def load(folder: Source) -> Built:
    """Open a built folder: ``.graph`` (networkx), ``.rdf()``, ``.query(sparql)``, ``.tables``, ``.view()``."""
    built: Built = import_module("kg.built").load(folder)
    return built


def _several(inputs: Source | Sequence[Source]) -> Sequence[Source]:
    return [inputs] if isinstance(inputs, str | PathLike) else inputs
