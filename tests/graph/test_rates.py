"""Intervals against published tables."""

from __future__ import annotations

import pytest

from kg.graph.rates import poisson, wilson


@pytest.mark.parametrize(("count", "total", "low", "high"), [
    # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998, table I
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
    (29, 29, 0.8830, 1), (0, 0, 0, 1)])
def test_wilson(count: int, total: int, low: float, high: float) -> None:
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "exposure", "low", "high"), [
    # Garwood's table, as in E. S. Pearson and H. O. Hartley, Biometrika Tables for Statisticians, table 40
    (0, 1, 0, 3.69), (1, 1, 0.0253, 5.57), (10, 1, 4.80, 18.39), (10, 5, 0.96, 3.678)])
def test_poisson(count: int, exposure: float, low: float, high: float) -> None:
    assert poisson(count, exposure) == pytest.approx((low, high), abs=6e-3)


@pytest.mark.parametrize(("rate", "count", "total"), [(wilson, 3, 2), (wilson, -1, 2), (poisson, 1, 0), (poisson, -1, 2)])
def test_no_rate_without_a_denominator(rate: object, count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no"):
        rate(count, total)  # type: ignore[operator]
