"""Shares and rates with the interval that their small counts deserve."""

from __future__ import annotations

import math

from scipy import stats


def wilson(count: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a share ``count / total``, both ends in 0 to 1.

    The score interval of E. B. Wilson (Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22, 1927), which keeps its level for small totals (L. D. Brown, T. T. Cai and A. DasGupta,
    Interval estimation for a binomial proportion, Statistical Science 16, 2001). It takes the cases for independent draws; those
    of one issue of a paper are not, so the truth is wider. A total of 0 says nothing: (0, 1). Raises ValueError where
    ``count`` is not in 0 to ``total``.
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share")
    if total == 0:
        return 0.0, 1.0
    z = float(stats.norm.ppf((1 + level) / 2))
    share, spread = count / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return (0.0 if count == 0 else middle - half), (1.0 if count == total else middle + half)


def poisson(count: int, exposure: float, level: float = 0.95) -> tuple[float, float]:
    """The interval of a rate ``count / exposure`` (events an issue, say), exact for Poisson counts.

    F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28, 1936. Raises ValueError for a negative count and
    for an exposure that is not positive: there is no rate without a denominator.
    """
    if count < 0 or not exposure > 0:
        raise ValueError(f"{count} in {exposure} is no rate")
    low = float(stats.chi2.ppf((1 - level) / 2, 2 * count)) / 2 if count else 0.0
    return low / exposure, float(stats.chi2.ppf((1 + level) / 2, 2 * count + 2)) / 2 / exposure
