"""The few kinds of error that a user of kg meets. Each message names the file, the place in it, and what is wrong."""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that kg raises on purpose; the command line prints its message in one line."""


class InputError(KgError):
    """A page, table or record that cannot be read; the build goes on without it unless told to be strict."""


class LexiconError(KgError):
    """A lexicon table that contradicts itself (a duplicate form, a missing column, an unknown class)."""


class JudgementError(KgError):
    """A judgement that contradicts another one or names something unknown."""


class OutputError(KgError):
    """A result that must not be written: it breaks a bound that a sound build keeps."""
