"""Adding dimensions to a store: what is blank is left out with a warning, what is too much is refused."""

from __future__ import annotations

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._validation import as_text, check_dimension, refuse_dimensions
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import MAX_DIMENSION_SETS, MAX_DIMENSIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from lambda_powertools.metrics._store import MetricStore


def add_dimension(store: MetricStore, name: Any, value: Any) -> None:
    """Add a dimension to the primary set."""
    checked = check_dimension(name, value)
    if checked is not None:
        _add(store, *checked, expected=None)


def _add(store: MetricStore, name: str, value: str, *, expected: Any) -> None:
    with store.lock:
        present = store.dimension_set.get(name)
        if present is None:
            _check_count(store, (name,))
        store.dimension_set[name] = value
    if present is not None and as_text(present) not in {value, expected}:
        warn(
            f"Dimension {name!r:.100} has already been added. The previous value is replaced by the new one",
            PowertoolsUserWarning,
        )


def add_dimension_set(store: MetricStore, dimensions: Mapping[str, Any]) -> None:
    """Add a set of dimensions, under which all metrics are published as well."""
    if not dimensions:
        warn("No dimensions were given to add_dimensions, so no set is added", PowertoolsUserWarning)
        return
    own = check_dimensions(dimensions)
    if not own:
        return
    with store.lock:
        # A default that was overridden has one value in the object: the one in the primary set.
        defaults = {name: as_text(store.dimension_set.get(name, value)) for name, value in store.defaults.items()}
        _check_count(store, own)
        if len(store.dimension_sets) >= MAX_DIMENSION_SETS:
            refuse_dimensions(f"there are {MAX_DIMENSION_SETS} sets already")
        store.dimension_sets.append({**defaults, **own})


def set_default_dimensions(store: MetricStore, dimensions: Mapping[str, Any]) -> None:
    """Add dimensions that come back after every flush."""
    for name, value in dimensions.items():
        checked = check_dimension(name, value)
        if checked is None:
            continue
        former = store.defaults.get(name)
        _add(store, *checked, expected=None if former is None else as_text(former))
        store.defaults[checked[0]] = value


def check_dimensions(dimensions: Mapping[str, Any]) -> dict[str, str]:
    """Return dimensions as text, without those that CloudWatch would not take."""
    checked = (check_dimension(name, value) for name, value in dimensions.items())
    return dict(pair for pair in checked if pair is not None)


def check_own_dimensions(store: MetricStore, dimensions: Mapping[str, Any], service: str | None) -> dict[str, str]:
    """Return the dimensions that single metrics were given, checked together with what is added to them.

    Raises:
        SchemaValidationError: with the default dimensions and the service they are too many.
    """
    own = check_dimensions(dimensions)
    names = {*store.defaults, *own, *(["service"] if service else [])}
    if len(names) > MAX_DIMENSIONS:
        refuse_dimensions(f"a metric has {len(names)}, with default dimensions and service")
    return own


def _check_count(store: MetricStore, more: Collection[str]) -> None:
    if not store.dimension_sets and len(store.dimension_set) + len(more) <= MAX_DIMENSIONS:
        return
    names = set(store.dimension_set).union(more, *store.dimension_sets)
    if len(names) > MAX_DIMENSIONS:
        refuse_dimensions(f"{', '.join(map(repr, more))} would be one too many")
