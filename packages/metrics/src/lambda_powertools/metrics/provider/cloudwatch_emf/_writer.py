"""The writing half of the provider for CloudWatch: from what is recorded to lines on stdout."""

from __future__ import annotations

import sys
import time

from lambda_powertools.metrics import _grouping
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._emf import Document, plain_line
from lambda_powertools.metrics._errors import SchemaValidationError
from lambda_powertools.metrics.functions import (
    find_function_name,
    is_metrics_disabled,
    resolve_cold_start_function_name,
)
from lambda_powertools.metrics.provider.base import NO_METRICS, NOTHING_TO_PUBLISH, BaseProvider
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import STANDARD_RESOLUTION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from lambda_powertools.core.invocation import Invocation
    from lambda_powertools.metrics._scope import Scope
    from lambda_powertools.metrics._store import MetricStore
    from lambda_powertools.metrics.provider.cloudwatch_emf.types import CloudWatchEMFOutput


class EmfWriter(BaseProvider):
    """Writes the metrics of a store, under a namespace and a service.

    Attributes:
        own_namespace: the namespace that this instance was given, or found in the environment.
        own_service: the service, likewise.
        function_name: name of the function for the metric `ColdStart`, None for the context's.
    """

    def __init__(
        self, scope: Scope[MetricStore], namespace: str | None, service: str | None, function_name: str | None
    ) -> None:
        self._scope = scope
        self.own_namespace = namespace
        self.own_service = service
        self.function_name = function_name

    @property
    def namespace(self) -> str | None:
        """The namespace that metrics are written under."""
        return self.own_namespace

    @namespace.setter
    def namespace(self, value: str | None) -> None:
        self.own_namespace = value

    @property
    def service(self) -> str | None:
        """The value of the dimension `service`; None for no such dimension."""
        return self.own_service

    @service.setter
    def service(self, value: str | None) -> None:
        self.own_service = value

    @property
    def has_metrics(self) -> bool:
        """Whether there is something to write."""
        stray = self._scope.stray
        return not (self._scope.current().is_empty and (stray is None or stray.is_empty))

    @property
    def has_published(self) -> bool:
        """Whether something was written in the invocation at hand."""
        return self._scope.current().has_published

    def can_capture_cold_start(self, context: Any) -> bool:
        """Return whether there are a namespace and a name of the function."""
        return bool(self.namespace and find_function_name(self.function_name, context))

    def serialize_metric_set(
        self,
        metrics: Mapping[str, Any] | None = None,
        dimensions: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> CloudWatchEMFOutput:
        """Return the document of the metrics without dimensions of their own; nothing is written or forgotten.

        Args:
            metrics: metrics to use instead of those recorded.
            dimensions: dimensions to use instead of those of the primary set.
            metadata: metadata to use instead of that added.

        Raises:
            SchemaValidationError: there is no metric, no namespace, or too many dimensions.
        """
        store = self._scope.current()
        with store.lock:
            publisher = self._publisher(store)
            return Document(
                namespace=publisher.namespace,
                service=publisher.service or self.service,
                timestamp=_timestamp(store),
                metrics=store.metric_set if metrics is None else metrics,
                dimensions=store.dimension_set if dimensions is None else dimensions,
                dimension_sets=store.dimension_sets,
                metadata=store.metadata_set if metadata is None else metadata,
            ).as_dict()

    def serialize_metric_groups(self) -> list[CloudWatchEMFOutput]:
        """Return all documents that a flush would write; nothing is written or forgotten.

        Raises:
            SchemaValidationError: one of them has no namespace, or too many dimensions.
        """
        store = self._scope.current()
        with store.lock:
            documents, error = self._documents(store)
            if error is not None:
                raise error
            return [document.as_dict() for document in documents]

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        """Write what is recorded, one line for each document, and forget it, whatever happens.

        Args:
            raise_on_empty_metrics: whether it is an error that there is no metric, instead of a warning.

        Raises:
            SchemaValidationError: there is no metric, no namespace, or too many dimensions.
        """
        self._flush(self._scope.current(), self._scope.stray, raise_on_empty_metrics)

    def clear_metrics(self) -> None:
        """Forget metrics, dimensions, metadata and timestamp; the default dimensions stay."""
        store = self._scope.current()
        with store.lock:
            store.clear()

    def add_cold_start_metric(self, context: Any) -> None:
        """Write the metric `ColdStart`, in a document of its own.

        Args:
            context: the context of the invocation, for the name of the function.

        Raises:
            SchemaValidationError: there is no namespace, or no name of the function.
        """
        if is_metrics_disabled():
            return
        document = Document(
            namespace=self.namespace,
            service=self.service,
            timestamp=_now(),
            metrics={"ColdStart": {"Unit": "Count", "StorageResolution": STANDARD_RESOLUTION, "Value": [1.0]}},
            dimensions={"function_name": resolve_cold_start_function_name(self.function_name, context)},
            dimension_sets=(),
            metadata={},
        )
        _write((document.as_line(),))

    def enter_invocation(self, invocation: Invocation) -> None:
        """Give the invocation data of its own."""
        self._scope.enter(invocation)

    def leave_invocation(self, invocation: Invocation) -> None:
        """Take the data from the invocation."""
        self._scope.leave(invocation)

    def _claim(self, store: MetricStore) -> bool:
        """Return whether what this instance records belongs to the metrics of the store, or to a group of its own."""
        store.owner = self
        return True

    def _publisher(self, store: MetricStore) -> EmfWriter:  # noqa: ARG002  # for subclasses that share stores
        """Return who gives namespace and service to the metrics of the store."""
        return self

    def _flush(self, store: MetricStore, stray: MetricStore | None, raise_on_empty: bool = False) -> None:
        """Write a store, and what belongs to no invocation before it."""
        if stray is None or stray is store or stray.is_empty:
            self._publish(store, raise_on_empty)
            return
        try:
            self._publish(stray, may_be_empty=True)
        finally:
            self._publish(store, raise_on_empty, may_be_empty=True)

    def _publish(self, store: MetricStore, raise_on_empty: bool = False, *, may_be_empty: bool = False) -> None:
        error: SchemaValidationError | None = None
        with store.lock:
            try:
                disabled = is_metrics_disabled()
                if not (store.metric_set or store.groups):
                    if not may_be_empty:
                        _report_empty(may_raise=not disabled, should_raise=raise_on_empty)
                    return
                if disabled:
                    return
                if store.groups or store.is_given:
                    documents, error = self._documents(store)
                    lines = [document.as_line() for document in documents]
                else:
                    lines = [self._line(store, store.metric_set)]
                store.has_published = True
            finally:
                store.clear()
        _write(lines)
        if error is not None:
            raise error

    def _spill(self, store: MetricStore) -> None:
        """Write the metrics of a full store now; its dimensions and metadata stay for what follows."""
        if not is_metrics_disabled():
            sets = _grouping.chunks(store.metric_set) if store.is_given else (store.metric_set,)
            lines = [self._line(store, metrics) for metrics in sets]
            store.has_published = True
            _write(lines)
        store.metric_set.clear()

    def _line(self, store: MetricStore, metrics: Mapping[str, Any]) -> str:
        publisher = self._publisher(store)
        namespace, service = publisher.namespace, publisher.service or self.service
        if not (store.dimension_sets or store.metadata_set or store.is_given):
            return plain_line(namespace, service, _timestamp(store), metrics, store.dimension_set)
        return Document(
            namespace,
            service,
            _timestamp(store),
            metrics,
            store.dimension_set,
            store.dimension_sets,
            store.metadata_set,
        ).as_line()

    def _documents(self, store: MetricStore) -> tuple[list[Document], SchemaValidationError | None]:
        """Return the documents of the whole store, and the error of those that cannot be made."""
        documents: list[Document] = []
        error: SchemaValidationError | None = None
        timestamp = _timestamp(store)
        for part in _grouping.merge(self._parts(store)):
            for metrics in _grouping.chunks(part.metrics):
                try:
                    documents.append(
                        Document(
                            namespace=part.namespace,
                            service=part.service,
                            timestamp=timestamp,
                            metrics=metrics,
                            dimensions=part.dimensions,
                            dimension_sets=part.dimension_sets,
                            metadata=store.metadata_set,
                        )
                    )
                except SchemaValidationError as failure:  # noqa: PERF203  # the others are written all the same
                    error = failure
        return documents, error

    def _parts(self, store: MetricStore) -> Iterable[_grouping.Part]:
        publisher = self._publisher(store)
        dimensions: Mapping[str, Any] = store.dimension_set
        sets: Sequence[Mapping[str, Any]] = store.dimension_sets
        yield _grouping.Part(publisher.namespace, publisher.service or self.service, dimensions, sets, store.metric_set)
        for group in store.groups.values():
            owner = publisher if group.owner is None else group.owner
            if group.dimensions is not None:
                dimensions, sets = _grouping.own_dimensions(store, group.dimensions), ()
            else:
                dimensions, sets = store.dimension_set, store.dimension_sets
            yield _grouping.Part(owner.namespace, owner.service or self.service, dimensions, sets, group.metric_set)


def _report_empty(*, may_raise: bool, should_raise: bool) -> None:
    if not should_raise:
        warn(NOTHING_TO_PUBLISH, UserWarning)
    elif may_raise:
        raise SchemaValidationError(NO_METRICS)


def _timestamp(store: MetricStore) -> int:
    return time.time_ns() // 1_000_000 if store.timestamp is None else store.timestamp


def _now() -> int:
    return time.time_ns() // 1_000_000


def _write(lines: Iterable[str]) -> None:
    """Write each line, with its end, in one call: a line that another thread cuts in two is a lost metric."""
    write = sys.stdout.write
    for line in lines:
        write(f"{line}\n")
