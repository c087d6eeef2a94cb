"""How long invocations took, cold and warm ones apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lambda_powertools.cli._session import Environment


class Latency(NamedTuple):
    """Durations of one kind, in milliseconds.

    Attributes:
        samples: how many there are.
        min: the shortest.
        p50: the median.
        p95: 95 of 100 are shorter.
        max: the longest.
    """

    samples: int
    min: float
    p50: float
    p95: float
    max: float


def measure(durations: Iterable[float]) -> Latency | None:
    """Return the figures of some durations, None if there are none.

    Example:
        >>> measure([4.0, 1.0, 3.0, 2.0])
        Latency(samples=4, min=1.0, p50=2.5, p95=3.85, max=4.0)
    """
    ordered = sorted(durations)
    if not ordered:
        return None
    # Least and greatest are quantiles as well: rounded like the others, they stay the least and the greatest.
    return Latency(len(ordered), *(_quantile(ordered, share) for share in (0.0, 0.5, 0.95, 1.0)))


def latencies(environments: Sequence[Environment]) -> dict[str, Latency | None]:
    """Return the figures of initialisations, of cold and of warm invocations."""
    invocations = [invocation for environment in environments for invocation in environment.invocations]
    return {
        "init": measure(item.init_ms for item in environments if item.init_ms is not None),
        "cold": measure(item.duration_ms for item in invocations if item.duration_ms is not None and item.cold_start),
        "warm": measure(
            item.duration_ms for item in invocations if item.duration_ms is not None and not item.cold_start
        ),
    }


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 6)
