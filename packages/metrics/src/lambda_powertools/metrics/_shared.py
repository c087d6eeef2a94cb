"""The provider behind `Metrics`: instances share their data, each metric keeps the namespace it was recorded under."""

from __future__ import annotations

import weakref

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._scope import Scope
from lambda_powertools.metrics._store import MetricStore
from lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_powertools.core.invocation import Invocation
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
        _instances[:] = [instance for instance in _instances if instance() is not None]
        _instances.append(weakref.ref(self))
        if namespace:
            self._announce(namespace)

    @property
    def namespace(self) -> str | None:
        """The namespace that metrics are written under."""
        if self.own_namespace:
            return self.own_namespace
        for reference in _instances:  # a generator, as for less frequent questions, would take twice as long
            other = reference()
            if other is not None and other.own_namespace:
                return other.own_namespace
        return self._lent("namespace")

    @namespace.setter
    def namespace(self, value: str | None) -> None:
        self.own_namespace = value
        self._announce(value)

    @property
    def service(self) -> str | None:
        """The value of the dimension `service`; None for no such dimension."""
        if self.own_service:
            return self.own_service
        for reference in _instances:
            other = reference()
            if other is not None and other.own_service:
                return other.own_service
        return self._lent("service")

    @service.setter
    def service(self, value: str | None) -> None:
        self.own_service = value

    def _lent(self, what: str) -> str | None:
        lender = self._scope.current().lender
        return None if lender is None else lender.fallback[what]

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


class PluginProvider(SharedProvider):
    """What the plugin flushes with: prefers what the instances in use know, and lends them what it was told itself.

    Attributes:
        fallback: namespace and service where no instance knows any: of the decorator and the environment.
    """

    def __init__(
        self, *, namespace: str | None, service: str | None, function_name: str | None, application_service: str | None
    ) -> None:
        # Not among the instances in use: it would outlive its handler until the garbage collector finds their circle.
        AmazonCloudWatchEMFProvider.__init__(self, namespace=namespace, service=service, function_name=function_name)
        self._scope = SCOPE
        self.fallback = {"namespace": self.own_namespace, "service": service or application_service}
        self.own_namespace, self.own_service = namespace or None, service or None

    def enter_invocation(self, invocation: Invocation) -> None:
        """Give the invocation data of its own, and its instances what they may lack."""
        self._scope.enter(invocation).lender = self

    def leave_invocation(self, invocation: Invocation) -> None:
        """Take the data from the invocation."""
        self._scope.stores[invocation].lender = None
        self._scope.leave(invocation)

    def end_invocation(self, invocation: Invocation) -> bool:
        """Write what was recorded, if anything was, and take the data; return whether anything was written.

        What the plugin does with other providers in several steps; most invocations pass here.

        Raises:
            SchemaValidationError: there is no namespace, or too many dimensions; the data is taken all the same.
        """
        scope = self._scope
        store, stray = scope.stores[invocation], scope.stray
        try:
            if stray is not None and not stray.is_empty:
                self._flush(store, stray)
                return True
            if not store.is_clear:
                self._publish(store, may_be_empty=True)
            return store.has_published
        finally:
            store.lender = None
            scope.leave(invocation)

    def _lent(self, what: str) -> str | None:
        return self.fallback[what]


def _in_use() -> Iterator[SharedProvider]:
    for reference in _instances:
        instance = reference()
        if instance is not None:
            yield instance
