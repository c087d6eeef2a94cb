"""The provider behind `Metrics`: instances share their data, each metric keeps the namespace it was recorded under."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._scope import Scope
from lambda_powertools.metrics._store import MetricStore
from lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_powertools.metrics.provider.cloudwatch_emf._writer import EmfWriter

SCOPE = Scope(MetricStore())
"""The data of all `Metrics` of the process."""

_instances: list[weakref.ref[SharedProvider]] = []


class SharedProvider(AmazonCloudWatchEMFProvider):
    """Shares its data with all others of its kind.

    What an instance lacks, namespace or service, it takes from the first one in use that has it. Metrics of instances
    with different namespaces are kept apart, and written each under its own, whoever flushes.
    """

    def __init__(
        self, namespace: str | None = None, service: str | None = None, function_name: str | None = None
    ) -> None:
        super().__init__(namespace=namespace, service=service, function_name=function_name)
        self._scope = SCOPE
        self._explicit_namespace: str | None = None
        self._fallback_namespace: str | None = None
        self._fallback_service: str | None = None
        _instances[:] = [instance for instance in _instances if instance() is not None]
        _instances.append(weakref.ref(self))
        if namespace:
            self._announce(namespace)

    @classmethod
    def deferring(
        cls, *, namespace: str | None, service: str | None, function_name: str | None, application_service: str | None
    ) -> SharedProvider:
        """Return an instance that prefers what other instances know to what the environment says.

        Args:
            namespace: its own namespace, if it was given one.
            service: its own service, if it was given one.
            function_name: name of the function for the metric `ColdStart`.
            application_service: the service where no instance knows one.
        """
        provider = cls(namespace=namespace, service=service, function_name=function_name)
        if not namespace:
            provider._fallback_namespace, provider.own_namespace = provider.own_namespace, None  # its own class
        if not service:
            provider._fallback_service, provider.own_service = application_service, None  # the same
        return provider

    @property
    def namespace(self) -> str | None:
        """The namespace that metrics are written under."""
        if self.own_namespace:
            return self.own_namespace
        known = (other.own_namespace for other in _in_use() if other.own_namespace)
        return next(known, self._fallback_namespace)

    @namespace.setter
    def namespace(self, value: str | None) -> None:
        self.own_namespace = value
        self._announce(value)

    @property
    def service(self) -> str | None:
        """The value of the dimension `service`; None for no such dimension."""
        if self.own_service:
            return self.own_service
        return next((other.own_service for other in _in_use() if other.own_service), self._fallback_service)

    @service.setter
    def service(self, value: str | None) -> None:
        self.own_service = value

    def _announce(self, namespace: str | None) -> None:
        """Warn when another instance in use was given another namespace."""
        self._explicit_namespace = namespace or None
        if self._conflicting() is None:
            return
        import gc

        gc.collect()  # an instance that only waits for the collector is not in use
        other = self._conflicting()
        if other is not None:
            warn(
                f"Metrics with the namespaces {other!r} and {namespace!r} share their dimensions and metadata: each is "
                "written under its own namespace. Use EphemeralMetrics for metrics that have nothing in common",
                PowertoolsUserWarning,
            )

    def _conflicting(self) -> str | None:
        namespace = self._explicit_namespace
        others = (other._explicit_namespace for other in _in_use())  # noqa: SLF001  # of its own class
        return next((other for other in others if namespace and other and other != namespace), None)

    def _claim(self, store: MetricStore) -> bool:
        if self.own_namespace is None:
            return True
        if store.owner is None:
            store.owner = self
        return store.owner.own_namespace == self.own_namespace

    def _publisher(self, store: MetricStore) -> EmfWriter:
        owner = store.owner
        return self if owner is None or owner.own_namespace == self.own_namespace else owner


def _in_use() -> Iterator[SharedProvider]:
    for reference in _instances:
        instance = reference()
        if instance is not None:
            yield instance
