"""The commands: thin, each a verb of the package with its options, a line or two of summary, and an exit code.

Results go to standard output or a file, everything else to standard error; progress bars show on a terminal only.
Exit codes: 0 done (problems with the input are named and counted on standard error); 1 done, and a check did not pass; 2 nothing
done: bad usage, input that cannot be read, or, with --strict, anything that would have been skipped.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module, metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

import kg
from kg.errors import InputError, KgError, OutputError

app = typer.Typer(
    name="kg", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Guanpu 官谱: Chinese local newspaper pages to a knowledge graph of officials, offices, campaigns and meetings. "
         "Try `kg demo` first. Exit codes: 0 done, 1 a check did not pass, 2 bad usage or input.")


class Selection(StrEnum):
    complete = "complete"
    keyword = "keyword"
    unknown = "unknown"


class Form(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


PAGES = "Pages: files (.txt, .html, .jsonl, .zip), folders of them, or - for standard input."
Inputs = Annotated[list[Path], typer.Argument(help=PAGES, show_default=False)]
Folder = Annotated[Path, typer.Argument(help="A folder that `kg build` wrote.", show_default=False)]
Workers = Annotated[int | None, typer.Option(help="Processes; by default one for few pages, else one a core.", min=1)]
Published = Annotated[str | None, typer.Option(help="Issue date of the pages, YYYY-MM-DD; goes before what they say.")]
Place = Annotated[str | None, typer.Option(help="Place of the paper: 丹阜区, or with higher places 衡泽市/丹阜区.")]
Paper = Annotated[str | None, typer.Option(help="Name of the paper; goes before what pages and file names say.")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first input that cannot be read, instead of skipping it.")]
Judgements = Annotated[Path | None, typer.Option(help="Your verdicts on who is who: rows of same, different, reject (TSV).")]


@app.command()
def extract(inputs: Inputs, out: Annotated[Path | None, typer.Option("-o", "--out", help="File for the records.")] = None,
            workers: Workers = None, published: Published = None, place: Place = None, paper: Paper = None,
            strict: Strict = False) -> None:
    """Read pages into records, one JSON line an article.

    A record says who is named, which posts, bodies, events and campaigns, and for every claim the clause that says so.
    """
    corpus, records = import_module("kg.corpus"), import_module("kg.records")
    options = corpus.Options(published=published, place=place, paper=paper, strict=strict, workers=workers)
    with _progress() as told:
        reading = corpus.read_records(inputs, options, progress=lambda done, total: told("read", done, total))
    if not reading.pages:
        looked = "" if reading.skipped else f" (.txt, .html, .jsonl, .zip) in {', '.join(map(str, inputs))}"
        raise InputError("\n".join((*reading.skipped, f"nothing to read: no page{looked}")))
    lines = (records.dumps(record) + "\n" for record in reading.records)
    if out:
        _write(out, "".join(lines))
    else:
        for line in lines:
            typer.echo(line, nl=False)
    _skipped(reading.skipped, f"{_count(len(reading.records), 'article')} from {_count(len(reading.pages), 'page')}")


@app.command()
def build(out: Annotated[Path, typer.Option("-o", "--out", help="Folder to build; replaces an earlier build in it whole.")],
          inputs: Annotated[list[Path] | None, typer.Argument(help=PAGES, show_default=False)] = None,
          records: Annotated[Path | None, typer.Option(help="Records made elsewhere (JSON lines).")] = None,
          judgements: Judgements = None,
          selection: Annotated[Selection, typer.Option(
              help="What the pages are: whole issues (complete), chosen by keyword, or unknown.")] = Selection.unknown,
          workers: Workers = None, published: Published = None, place: Place = None, paper: Paper = None,
          strict: Strict = False) -> None:
    """Build graph, tables, RDF and page into a folder.

    The folder holds graph.html to look at, records.jsonl, GraphML, CSV tables with a codebook, and RDF. Pages that an earlier
    build in the folder has read already are not read again; the result is the same bytes.
    """
    if not inputs and not records:
        raise typer.BadParameter("name pages to read, or --records FILE")
    with _progress() as told:
        summary = kg.build(inputs or [], out, records_from=records, judgements=judgements, selection=selection.value,
                           workers=workers, published=published, place=place, paper=paper, strict=strict, progress=told)
    n = summary.counts
    people = f"{_count(n['people'], 'person', 'people')} ({_count(n['officials'], 'official')})"
    others = ", ".join(_count(n[f"{kind}s"], kind) for kind in ("post", "event", "campaign"))
    typer.echo(f"{_count(n['articles'], 'article')}: {people}, {others}.")
    if summary.undated:
        typer.echo(f"No issue date is known for {summary.undated} of them: give it in sources.csv or with --published, "
                   "or most of what they say stays without a year.")
    if summary.renamed:
        typer.echo(f"{_count(len(summary.renamed), 'id')} changed since the build before:")
        for old, new in summary.renamed:
            typer.echo(f"  {plain(old)} -> {plain(new)}")
        for line in summary.doubtful:
            typer.echo(f"  check {plain(line)}")
    typer.echo(f"Open {out / 'graph.html'} in a browser.")
    reused = f", {summary.reused} unchanged since the build before" if summary.reused else ""
    _skipped(summary.skipped, f"{_count(n['pages'], 'page')} read{reused}")


@app.command()
def demo(out: Annotated[Path, typer.Option("-o", "--out", help="Folder to build.")] = Path("guanpu-demo")) -> None:
    """Build the sample corpus and say what to open.

    Fifteen invented pages of two invented papers come with the package.
    """
    pages = import_module("kg.sample").folder()
    with _progress() as told:
        summary = kg.build(pages, out, selection="unknown", progress=told)
    n = summary.counts
    typer.echo(f"Read {n['pages']} sample pages: {n['articles']} articles of two invented papers, 2018 to 2024.")
    typer.echo(f"Found {n['people']} people ({n['officials']} officials), {n['tenures']} holdings of {n['posts']} posts, "
               f"{n['events']} events, {n['campaigns']} campaigns.")
    typer.echo(f"Open {out / 'graph.html'} in a browser.")
    _skipped(summary.skipped, "")


@app.command()
def view(folder: Folder, out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")],
         focus: Annotated[str | None, typer.Option(help="Only the surroundings of this name.")] = None,
         hops: Annotated[int, typer.Option(help="How far around the focus.", min=0)] = 1,
         since: Annotated[str | None, typer.Option(help="Only what is dated from here on, YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
         until: Annotated[str | None, typer.Option(help="Only what is dated up to here.")] = None,
         kind: Annotated[list[str] | None, typer.Option(help="Only nodes of this kind (repeat for several).")] = None,
         min_weight: Annotated[float, typer.Option(help="Only nodes of this weight or more.", min=0)] = 0,
         max_nodes: Annotated[int, typer.Option(help="At most so many nodes, the heaviest.", min=1)] = 20_000,
         with_text: Annotated[bool, typer.Option("--with-text", help="Embed whole articles, for private use.")] = False) -> None:
    """Write the graph or a part of it as one HTML page."""
    page = kg.load(folder).view(focus=focus, hops=hops, since=since, until=until, kinds=kind or (), min_weight=min_weight,
                                max_nodes=max_nodes, with_text=with_text)
    _write(out, page.html)
    typer.echo(f"Open {out} in a browser.")


@app.command()
def query(folder: Folder,
          source: Annotated[str | None, typer.Argument(help="A SPARQL file, or - (standard input).", show_default=False)] = None,
          name: Annotated[str | None, typer.Option(help="A query that comes with kg.")] = None,
          bind: Annotated[list[str] | None, typer.Option("--set", help="A parameter's value, NAME=VALUE; repeatable.")] = None,
          form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.table,
          timeout: Annotated[float, typer.Option(help="Stop after so many seconds; 0: never.", min=0)] = 300) -> None:
    """Ask the built graph in SPARQL; without a query, list those that come with kg."""
    asked = import_module("kg.rdf.query")
    if source is not None and name is not None:
        raise typer.BadParameter("give a file or --name, not both")
    if source is None and name is None:
        kg.load(folder)  # what is listed are commands for this folder
        for known in asked.named_queries().values():
            typer.echo(f"{known.name}\n    {known.zh}\n    {known.en}")
            for parameter in known.parameters:
                typer.echo(f"    --set {parameter.name}=…  {parameter.note}")
            typer.echo(f"    {known.example.replace(' DIR ', f' {folder} ')}")
        return
    sparql = asked.named_query(name).sparql if name else _read(source or "-")
    result = asked.query(kg.load(folder).folder, sparql, _bindings(bind or []), name or source or "query", timeout or None)
    typer.echo(asked.render(result, form.value), nl=False)
    if not result.rows:
        typer.echo("kg: the answer has no rows", err=True)


@app.command()
def validate(folder: Folder,
             limit: Annotated[int, typer.Option(help="At most so many findings are written out.", min=1)] = 50) -> None:
    """Check the built RDF against the ontology's shapes.

    Says what is wrong and where; exit code 1 if anything is. Warnings (sources that contradict each other) pass.
    """
    kg.load(folder)
    checking = import_module("kg.rdf.validate")
    report = checking.validate(folder)
    for line in checking.render(report, limit).splitlines():
        typer.echo(plain(line))
    if not report.conforms:
        raise typer.Exit(1)


@app.command()
def explain(source: Annotated[Path, typer.Argument(help="A page, or with --person a built folder.", show_default=False)],
            person: Annotated[str | None, typer.Option(help="Why the mentions of this name are one person or several.")] = None,
            at: Annotated[str | None, typer.Option(help="Only what was read on this piece of the text.")] = None,
            published: Published = None, place: Place = None, paper: Paper = None) -> None:
    """Show which rule found what, and which readings lost.

    For a page: every claim with its rule and its sentence, then each sentence span by span, with the readings taken (+), those
    that lost (-), what weighed for and against them, and why. For a built folder and --person: why mentions of a name were taken
    for one person or for several.
    """
    if person is not None:
        if source.is_file():
            raise InputError(f"{source}: --person needs a folder that kg build wrote; for a page use --at")
        lines = import_module("kg.resolve").explain(kg.load(source).resolution, person)
        if not lines:
            raise InputError(f"{person}: nobody of that name or id in {source}")
    else:
        if (source / "manifest.json").is_file():
            raise InputError(f"{source}: a built folder; name a --person of it, or a page")
        corpus, explaining = import_module("kg.corpus"), import_module("kg.explain")
        options = corpus.Options(published=published, place=place, paper=paper, strict=True)
        pages = corpus.read_records([source], options).pages
        lines = [line for page in pages for line in explaining.page(page.records, at)]
        if at is not None and not lines:
            raise InputError(f"{at}: nothing was read on this in {source}")
    for line in lines:
        typer.echo(plain(line))


@app.command()
def who(folder: Folder, place: Annotated[str, typer.Option(help="The place: 丹阜区.")],
        at: Annotated[str, typer.Option(help="The date, YYYY-MM-DD.")]) -> None:
    """Show who led a place at a date, and which sentence says so.

    Seen is not held: each line says whether the post is stated before and after the date, or how many days away it was seen.
    """
    for line in import_module("kg.graph.who").lines(kg.load(folder).resolution, place, at):
        typer.echo(plain(line))


@app.command()
def unseen(folder: Folder, name: Annotated[str | None, typer.Option(help="Only this name or entity id.")] = None,
           place: Annotated[str | None, typer.Option(help="Only officials of this place: 丹阜区.")] = None,
           least: Annotated[int, typer.Option(help="At least so many issues read since.", min=0)] = 1) -> None:
    """Show who is not seen any more, and how much was read since.

    For each official and paper the last issue that names the person, and how many issues of that paper were read after it.
    Refused where the pages were chosen by keyword: there not being seen says nothing.
    """
    for line in import_module("kg.resolve.absence").lines(kg.load(folder).resolution, name, place, least):
        typer.echo(plain(line))


@app.command()
def sample(folder: Folder, out: Annotated[Path, typer.Option("-o", "--out", help="The CSV file to write.")],
           n: Annotated[int, typer.Option("-n", "--n", help="How many claims.", min=1)] = 200,
           by: Annotated[str, typer.Option(help="What makes the strata: some of layer, rule, paper.")] = "layer,rule",
           seed: Annotated[int, typer.Option(help="Another seed draws other claims.")] = 0) -> None:
    """Draw claims for referees to judge, by strata.

    Each row has a claim, its sentence, its inclusion probability and an empty verdict, to be filled with right or wrong;
    `kg evaluate --verdicts` reads it back.
    """
    drawing = import_module("kg.sampling")
    rows = drawing.draw(kg.load(folder).records, n, by.split(","), seed)
    _write(out, drawing.to_csv(rows), newline="")
    typer.echo(f"{len(rows)} claims in {len({row['stratum'] for row in rows})} strata. Fill the column verdict of {out}.")


@app.command()
def evaluate(gold: Annotated[Path | None, typer.Argument(help="Annotated pages: folder or file.", show_default=False)] = None,
             found: Annotated[Path | None, typer.Argument(help="Records or annotated pages.", show_default=False)] = None,
             errors: Annotated[bool, typer.Option("--errors", help="List everything missed and everything too much.")] = False,
             as_json: Annotated[bool, typer.Option("--json", help="The whole report as JSON.")] = False,
             freeze: Annotated[Path | None, typer.Option(help="Keep the report in this file.")] = None,
             against: Annotated[Path | None, typer.Option(help="A kept report: show what has flipped since.")] = None,
             bio: Annotated[Path | None, typer.Option(help="An NER file in BIO or BMES columns instead: exact spans.")] = None,
             verdicts: Annotated[Path | None, typer.Option(help="A filled sample instead: precision by layer.")] = None) -> None:
    """Score records against annotated pages, layer by layer.

    With --bio, score the people (people*: in sentences with a title or a verb of presence), and positions and organisations where
    the file has them, found in the sentences of a public NER file; with --verdicts, or given that CSV file alone, read back
    what `kg sample` drew and referees judged.
    """
    if verdicts is None and found is None and bio is None and gold is not None and gold.suffix.lower() == ".csv":
        verdicts = gold  # the sample itself, as `kg sample` named it
    if verdicts is not None:
        for line in _precisions(verdicts):
            typer.echo(line)
        return
    scorer = import_module("kg.evaluate")
    if bio is not None:
        report = import_module("kg.columns").evaluate_columns(bio)
    elif gold is not None and found is not None:
        report = scorer.evaluate(gold, found)
    else:
        raise typer.BadParameter("name GOLD and FOUND, or --bio FILE, or --verdicts FILE")
    before = scorer.thaw(against) if against else None
    if freeze:
        _write(freeze, scorer.freeze(report))
    if as_json:
        typer.echo(scorer.freeze(report), nl=False)
        return
    for fault in report.faults if errors else ():
        typer.echo(plain(f"{'-' if fault.side == 'missed' else '+'} {fault.layer:13} {fault.where}: {fault.what}"))
    for title, faults in zip(("now right", "now wrong"), scorer.flips(before, report) if before else (), strict=False):
        for fault in faults:
            typer.echo(plain(f"{title}: {fault.layer} {fault.side} {fault.where}: {fault.what}"))
    typer.echo(scorer.table(report, before))


def _precisions(path: Path) -> Iterator[str]:
    drawing = import_module("kg.sampling")
    found = drawing.precision(drawing.read_verdicts(path))
    yield f"{'layer':12} {'judged':>6} {'right':>6} {'precision':>9}  95 % interval   clusters"
    for p in found:
        clusters = _count(p.clusters, p.clustered_by.removesuffix("s"))
        yield f"{p.layer:12} {p.judged:6d} {p.right:6d} {p.precision:9.3f}  {p.low:.3f} to {p.high:.3f}  {clusters}"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"guanpu {metadata.version('guanpu')}")
        raise typer.Exit


@app.callback()
def _common(_: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False) -> None:
    """Only carries ``--version``; what the commands share is told by the help of the whole."""


def main() -> None:
    """The console script: errors that kg raises on purpose become one line each and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        app()
    except KgError as error:
        for line in str(error).splitlines() or [type(error).__name__]:
            typer.echo(f"kg: {plain(line)}", err=True)
        sys.exit(2)


def plain(text: str) -> str:
    """``text`` for a terminal, in one line: a page must not move the cursor, colour the screen or turn the line around."""
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c in "\n\t" else "\ufffd" for c in text)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar on standard error for the stages of a build, where a person watches."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        stages: dict[str, TaskID] = {}

        def told(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                for task in stages.values():
                    bars.update(task, visible=False)
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, refresh=done == total)

        yield told


def _skipped(lines: Sequence[str], done: str) -> None:
    """Name and count what was left out or read with damage; where all went well only a terminal is told what was done."""
    for line in lines:
        typer.echo(f"problem: {plain(line)}", err=True)
    if lines or (done and sys.stderr.isatty()):
        count = f"{_count(len(lines), 'problem')} with the input" if lines else ""
        summary = "; ".join(filter(None, (done, count)))
        typer.echo(f"kg: {summary}", err=True)


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _bindings(texts: Sequence[str]) -> dict[str, str | list[str]]:
    """NAME=VALUE, where a name may be given more than once: then any of its values will do."""
    values: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{text}: expected NAME=VALUE")
        values.setdefault(name, []).append(value)
    return {name: given[0] if len(given) == 1 else given for name, given in values.items()}


def _read(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{source}:{error.object.count(10, 0, error.start) + 1}: not UTF-8") from error


def _write(path: Path, text: str, newline: str = "\n") -> None:
    """Write a file beside its place and rename it, so that nobody reads half of one; a pipe or a device directly."""
    partial = path if path.exists() and not path.is_file() else path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline=newline)
        if partial != path:
            partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


if __name__ == "__main__":
    main()
