"""One subsegment of whatever provider, opened and closed so that no failure of tracing reaches the traced code."""

from __future__ import annotations

from lambda_powertools.tracer._failures import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any


class Recording:
    """A subsegment on its way from open to closed.

    Its methods raise no `Exception`, and without a provider they do nothing.

    Attributes:
        name: of the subsegment.
        segment: what notes are put on, None if they go nowhere.
        around: of an invocation: the handlers that are open around it, see `_handlers`.
    """

    __slots__ = ("_manager", "_provider", "around", "name", "segment")

    around: tuple[tuple[str, Any], ...]

    def __init__(self, provider: Any, name: str) -> None:
        self._provider = provider
        self._manager: Any = None
        self.name = name
        self.segment: Any = None

    def open(self) -> None:
        """Begin the subsegment."""
        if self._provider is None:
            return
        try:
            manager = self._provider.in_subsegment(name=self.name)
            self.segment = manager.__enter__()
            self._manager = manager
        except Exception as failure:  # noqa: BLE001  # tracing must not stop what it traces
            report(f"subsegment {self.name!r} could not be opened", failure)

    async def open_async(self) -> None:
        """Begin the subsegment through the provider's asynchronous door."""
        if self._provider is None:
            return
        try:
            manager = self._provider.in_subsegment_async(name=self.name)
            self.segment = await manager.__aenter__()
            self._manager = manager
        except Exception as failure:  # noqa: BLE001  # the same
            report(f"subsegment {self.name!r} could not be opened", failure)

    def close(self, error: BaseException | None = None) -> None:
        """End the subsegment, as failed if there is an error. A second call does nothing."""
        manager, self._manager = self._manager, None
        if manager is None:
            return
        try:
            manager.__exit__(*details(error))
        except BaseException as failure:  # noqa: BLE001  # sorted out below
            self._pass_or_report(failure, error)

    async def close_async(self, error: BaseException | None = None) -> None:
        """End the subsegment through the provider's asynchronous door."""
        manager, self._manager = self._manager, None
        if manager is None:
            return
        try:
            await manager.__aexit__(*details(error))
        except BaseException as failure:  # noqa: BLE001  # sorted out below
            self._pass_or_report(failure, error)

    def put_metadata(self, key: str, value: Any, namespace: str) -> None:
        """Add a value that is shown with the subsegment."""
        try:
            if self.segment is not None:
                self.segment.put_metadata(key=key, value=value, namespace=namespace)
        except Exception as failure:  # noqa: BLE001  # the same
            report(f"metadata {key!r} could not be added to subsegment {self.name!r}", failure)

    def take_plain(self, key: str, value: Any, namespace: str) -> bool:  # noqa: ARG002  # for providers that can tell
        """Add a value that is JSON as it is, so nothing that writing uses up; return whether it was added."""
        return False

    def put_annotation(self, key: str, value: Any) -> None:
        """Add a value that traces can be searched by."""
        try:
            if self.segment is not None:
                self.segment.put_annotation(key=key, value=value)
        except Exception as failure:  # noqa: BLE001  # the same
            report(f"annotation {key!r} could not be added to subsegment {self.name!r}", failure)

    def note_invocation(self, *, cold_start: bool, service: str) -> None:
        """Add what invocations are searched by."""
        if self.segment is None:
            return
        self.put_annotation("ColdStart", cold_start)
        if service:
            self.put_annotation("Service", service)

    def note_route(self, name: str, route: str) -> None:
        """Call the subsegment of an invocation after the route of its request, by which it can then be searched."""
        if self.segment is None:
            return
        self.put_annotation("http_route", route)
        try:
            self.segment.name = name
        except Exception as failure:  # noqa: BLE001  # the same
            report(f"subsegment {self.name!r} could not be called {name!r}", failure)

    def _pass_or_report(self, failure: BaseException, error: BaseException | None) -> None:
        if failure is error:  # a manager may re-raise what it was told of; the caller does so anyway
            return
        if not isinstance(failure, Exception):
            raise failure
        report(f"subsegment {self.name!r} could not be closed", failure)


class SuspendableRecording(Recording):
    """The subsegment of a generator: the current one only while the generator's own code runs.

    Without that, two generators that take turns would close each other's subsegment, and what the consumer does
    between two steps would count as the generator's work.
    """

    __slots__ = ("_inside", "_outside", "_scoped")

    def __init__(self, provider: Any, name: str) -> None:
        super().__init__(provider, name)
        # Of the type, not the object: a mock has every attribute, and would be called for what it never was.
        self._scoped = callable(getattr(type(provider), "get_scope", None))
        self._inside: Any = None
        self._outside: Any = self._get_scope()

    def suspend(self) -> None:
        """Give the consumer its scope back."""
        if self._scoped:
            self._inside = self._get_scope()
            self._set_scope(self._outside)

    def resume(self) -> None:
        """Take up where the generator left off; the consumer may be another one by now."""
        if self._scoped:
            self._outside = self._get_scope()
            self._set_scope(self._inside)

    def close(self, error: BaseException | None = None) -> None:
        """End the subsegment and give the consumer its scope back."""
        super().close(error)
        self._set_scope(self._outside)

    async def close_async(self, error: BaseException | None = None) -> None:
        """End the subsegment and give the consumer its scope back."""
        await super().close_async(error)
        self._set_scope(self._outside)

    def _get_scope(self) -> Any:
        try:
            return self._provider.get_scope() if self._scoped else None
        except Exception as failure:  # noqa: BLE001  # tracing must not stop what it traces
            report("the current scope of tracing could not be read", failure)
            return None

    def _set_scope(self, scope: Any) -> None:
        try:
            if self._scoped:
                self._provider.set_scope(scope)
        except Exception as failure:  # noqa: BLE001  # the same
            report("the current scope of tracing could not be put back", failure)


class Span:
    """A recording as a context manager, for the core's middlewares."""

    __slots__ = ("_recording",)

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def __enter__(self) -> Any:
        self._recording.open()
        return self._recording.segment

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._recording.close(error)


def details(error: BaseException | None) -> tuple[Any, Any, Any]:
    """Return what a context manager is told of an error."""
    return (None, None, None) if error is None else (type(error), error, error.__traceback__)
