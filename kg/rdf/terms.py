"""Terms as N-Triples text: IRIs that stay readable, literals that nothing in the sources can break out of.

The IRI of a thing is the base, its kind and its id: ``https://w3id.org/guanpu/person/管城回族区/虎岩``. Chinese stays as it is
(RFC 3987); what an IRI may not hold, and what a reader could not see (blanks, controls, marks of direction), is percent-escaped.
``|``, which ids use between a body and its post, becomes ``:``; ``:`` and ``;`` of an id are escaped, so that two ids never meet
in one IRI and ``;`` is free to join the ids of pairs.
"""

from __future__ import annotations

import re

from kg.errors import KgError
from kg.resolve.when import days_of

XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

# RFC 3987 ucschar without the private planes, less blanks, marks of direction and other characters that cannot be seen.
_SEEN = (
    "\u00a1-\u00ac\u00ae-\u061b\u061d-\u167f\u1681-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"
    + "".join(f"{chr(plane * 0x10000)}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 14))
)
_PLAIN = "A-Za-z0-9\\-._~!$&'()*+,=@/"
_ESCAPED = re.compile(f"[^{_PLAIN}{_SEEN}]")
_DOTS = re.compile(r"(?:(?<=/)|^)\.{1,2}(?=/|$)")
_BASE = re.compile(f"(?:https?://[^/]+/|urn:[a-z0-9]+:)(?:[{_PLAIN}:{_SEEN}]*[/:])?")
_SPECIAL = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile('[\\\\"\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')


def check_base(base: str) -> str:
    """``base`` itself if IRIs can be built on it: ``http://…/``, ``https://…/`` or ``urn:name:``; else KgError."""
    if not _BASE.fullmatch(base) or _ESCAPED.search(base.replace(":", "")):
        raise KgError(f"base {base!r}: must be an absolute IRI (http, https or urn) that ends in / or :")
    return base


def path(ref: str) -> str:
    """An id as the path of an IRI, escaped; different ids give different paths."""
    if not _ESCAPED.search(ref) and "." not in ref:
        return ref
    return _DOTS.sub(lambda dots: "%2E" * len(dots.group()), _ESCAPED.sub(_escape, ref))


def iri(base: str, kind: str, *refs: str) -> str:
    """The IRI of a thing as an N-Triples term; several ids (a pair) are joined by ``;``."""
    return f"<{base}{kind}/{';'.join(path(ref) for ref in refs)}>"


def text(value: str) -> str:
    """A plain string. Half a surrogate pair, which no encoding can hold, becomes U+FFFD, one code point for one."""
    return '"' + _TO_ESCAPE.sub(_backslash, value) + '"'


def integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: float) -> str:
    """A canonical xsd:decimal of six places at most."""
    whole, _, rest = f"{value:.6f}".partition(".")
    return f'"{whole}.{rest.rstrip("0") or "0"}"^^<{XSD}decimal>'


def boolean(value: bool) -> str:
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'


def edtf(value: str) -> str:
    return f"{text(value)}^^<{EDTF}>"


def day(value: str) -> str:
    return f'"{value}"^^<{XSD}date>'


def month(value: str) -> str:
    return f"{text(value)}^^<{XSD}gYearMonth>"


def span(date: str | None) -> tuple[str | None, str | None]:
    """The first and last day of an EDTF date; (None, None) also for what is no date, which the shapes report."""
    return days_of(date)


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char == "|":
        return ":"
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _backslash(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff":
        return "\ufffd"
    return _SPECIAL.get(char) or f"\\u{ord(char):04X}"
