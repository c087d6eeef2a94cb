"""`Tracer`: subsegments for handlers and functions, on whatever tracing backend its provider is."""

from __future__ import annotations

import functools
import os

from lambda_powertools.tracer._config import shared
from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._xray.provider import XRayProvider, require_sdk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from numbers import Number
    from typing import Any, ParamSpec, TypeVar, overload

    from lambda_powertools.tracer.base import TracingProvider

    P = ParamSpec("P")
    R = TypeVar("R")
    HandlerT = TypeVar("HandlerT", bound=Callable[..., Any])
    MethodT = TypeVar("MethodT", bound=Callable[..., Any] | staticmethod[Any, Any] | classmethod[Any, Any, Any])
else:
    from lambda_powertools.core.static import overload

_INITIALISED_AHEAD = frozenset({"provisioned-concurrency", "snap-start"})


class Tracer:
    """Records what a function does as subsegments of its AWS X-Ray trace.

    Tracers of one process share their configuration: what one is not told, it takes over from an earlier one. Nothing
    of the traced code changes by being traced: results, exceptions and signatures are the same, and a failure of
    tracing itself is only seen with `POWERTOOLS_DEBUG`.

    Attributes:
        service: name of the service, empty if there is none.
        disabled: whether nothing is recorded. So it is outside Lambda, and where `POWERTOOLS_TRACE_DISABLED` says so.
        auto_patch: whether libraries are patched to record their calls.

    Example:
        >>> from lambda_powertools.tracer import Tracer
        >>> tracer = Tracer(service="orders")
        >>> @tracer.capture_method
        ... def price(order):
        ...     tracer.put_annotation("OrderId", order["id"])
        ...     return 42
        >>> @tracer.capture_lambda_handler
        ... def handler(event, context):
        ...     return {"price": price(event)}
        >>> handler({"id": "7"}, None)
        {'price': 42}
    """

    def __init__(
        self,
        service: str | None = None,
        disabled: bool | None = None,
        auto_patch: bool | None = None,
        patch_modules: Sequence[str] | None = None,
        provider: TracingProvider | None = None,
    ) -> None:
        """Take over what is not given, and patch libraries if that is wanted.

        Args:
            service: name of the service, instead of `POWERTOOLS_SERVICE_NAME`.
            disabled: record nothing; False records also outside Lambda. Decided by the environment if not given.
            auto_patch: record the calls of libraries, as botocore and requests. True by default.
            patch_modules: names of the only libraries to patch, as the X-Ray SDK calls them; they are imported at
                once. By default each library that the SDK knows is patched when the function imports it.
            provider: where to record; by default what an installed package has registered, else the X-Ray SDK.

        Raises:
            SettingsError: `POWERTOOLS_TRACE_DISABLED` is no boolean; also a `ValueError`.
            ImportError: the X-Ray SDK is needed and not installed.
            Exception: the X-Ray SDK does not know one of `patch_modules`.
        """
        self.service = shared.take_service(service)
        self._provider: Any = shared.take_provider(provider)
        self.disabled = shared.take_disabled(explicit=disabled)
        self.auto_patch = shared.take_auto_patch(explicit=auto_patch)
        if isinstance(self._provider, XRayProvider):
            if not self.disabled:
                require_sdk()
            self._provider.switch(on=not self.disabled)
        patch_modules = shared.take_patch_modules(patch_modules)
        if self.auto_patch:
            self.patch(modules=patch_modules)
        shared.enlist(self, told_disabled=disabled is not None)
        if not self.disabled and os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") in _INITIALISED_AHEAD:
            _ = self.provider  # the environment waits for its first request: now is the time for slow imports

    @property
    def provider(self) -> Any:
        """The tracing backend: the X-Ray SDK's recorder, imported by being asked for, or the provider that was given.

        For all that Tracer does not offer: `tracer.provider.in_subsegment("## custom")`, `.current_subsegment()`.

        Raises:
            ImportError: it is the X-Ray SDK's, which is not installed.
        """
        provider = self._provider
        return provider.recorder if isinstance(provider, XRayProvider) else provider

    @provider.setter
    def provider(self, value: Any) -> None:
        self._provider = value

    @overload
    def capture_lambda_handler(
        self, lambda_handler: HandlerT, capture_response: bool | None = None, capture_error: bool | None = None
    ) -> HandlerT: ...
    @overload
    def capture_lambda_handler(
        self, lambda_handler: None = None, capture_response: bool | None = None, capture_error: bool | None = None
    ) -> Callable[[HandlerT], HandlerT]: ...
    def capture_lambda_handler(
        self,
        lambda_handler: Callable[..., Any] | None = None,
        capture_response: bool | None = None,
        capture_error: bool | None = None,
    ) -> Any:
        """Record each invocation of a Lambda handler.

        The subsegment `## <handler>` is annotated with `ColdStart` and `Service`, and holds the response or the
        exception as metadata.

        Args:
            lambda_handler: the handler, a coroutine function too.
            capture_response: add the response; `POWERTOOLS_TRACER_CAPTURE_RESPONSE` decides if not given. The SDK
                writes it down when the handler is done; streams, iterators and resources are left alone.
            capture_error: add an exception as metadata; `POWERTOOLS_TRACER_CAPTURE_ERROR` decides if not given. Also
                without it the X-Ray SDK records the exception's message and stack as the cause of the fault.

        Raises:
            SettingsError: one of the variables is no boolean; also a `ValueError`.

        Example:
            >>> tracer = Tracer()
            >>> @tracer.capture_lambda_handler(capture_response=False)
            ... def handler(event, context):
            ...     return {"secret": "s3cr3t"}
            >>> handler({}, None)
            {'secret': 's3cr3t'}
        """
        if lambda_handler is None:
            return functools.partial(
                self.capture_lambda_handler, capture_response=capture_response, capture_error=capture_error
            )
        _require_callable(lambda_handler, "capture_lambda_handler")
        from lambda_powertools.core.callables import display_name
        from lambda_powertools.tracer._capture import Capture
        from lambda_powertools.tracer._handlers import wrap_handler
        from lambda_powertools.tracer.names import sanitize_xray_segment_name

        name = sanitize_xray_segment_name(display_name(lambda_handler))
        capture = Capture(self, name, capture_response=capture_response, capture_error=capture_error)
        return wrap_handler(capture, lambda_handler)

    @overload
    def capture_method(
        self, method: MethodT, capture_response: bool | None = None, capture_error: bool | None = None
    ) -> MethodT: ...
    @overload
    def capture_method(
        self, method: None = None, capture_response: bool | None = None, capture_error: bool | None = None
    ) -> Callable[[MethodT], MethodT]: ...
    def capture_method(
        self, method: Any = None, capture_response: bool | None = None, capture_error: bool | None = None
    ) -> Any:
        """Record each call of a function, in a subsegment `## <module>.<qualified name>`.

        Coroutine functions, generators and context managers, asynchronous ones too, are recorded from the first step
        to the last, and stay what they are. Decorate a context manager outside of `@contextmanager`.

        Args:
            method: the function or method; static and class methods on either side of their decorator.
            capture_response: as in `capture_lambda_handler`. Of a generator it is the value that it returns, of a
                context manager the value that it yields.
            capture_error: as in `capture_lambda_handler`.

        Raises:
            SettingsError: one of the variables is no boolean; also a `ValueError`.

        Example:
            >>> import asyncio
            >>> tracer = Tracer()
            >>> @tracer.capture_method
            ... async def load(number):
            ...     return number * 2
            >>> async def load_all():
            ...     return await asyncio.gather(*(load(number) for number in range(3)))
            >>> asyncio.run(load_all())
            [0, 2, 4]
        """
        if method is None:
            return functools.partial(
                self.capture_method, capture_response=capture_response, capture_error=capture_error
            )
        if isinstance(method, (staticmethod, classmethod)):
            function = self.capture_method(method.__func__, capture_response, capture_error)
            return type(method)(function)
        _require_callable(method, "capture_method")
        from lambda_powertools.tracer._capture import Capture
        from lambda_powertools.tracer._methods import wrap_method
        from lambda_powertools.tracer.names import method_name

        capture = Capture(self, method_name(method), capture_response=capture_response, capture_error=capture_error)
        return wrap_method(capture, method)

    def put_annotation(self, key: str, value: str | Number | bool) -> None:
        """Add a value that traces can be searched by to the current subsegment.

        Args:
            key: ASCII letters, digits and underscores; X-Ray drops others.
            value: a text, number or boolean; X-Ray drops others.

        Example:
            >>> Tracer().put_annotation(key="PaymentId", value="p-42")
        """
        if self.disabled:
            return
        try:
            self._provider.put_annotation(key=key, value=value)
        except Exception as failure:  # noqa: BLE001  # tracing must not stop what it traces
            report(f"annotation {key!r} could not be added", failure)

    def put_metadata(self, key: str, value: Any, namespace: str | None = None) -> None:
        """Add a value that is shown with the current subsegment, and cannot be searched by.

        Args:
            key: its name.
            value: anything that can be written as JSON. It is written when the subsegment closes, as it is then.
            namespace: group to show it in, the service by default.

        Example:
            >>> Tracer().put_metadata(key="cart", value={"items": 3}, namespace="shop")
        """
        if self.disabled:
            return
        try:
            self._provider.put_metadata(
                key=key, value=value, namespace=self.service if namespace is None else namespace
            )
        except Exception as failure:  # noqa: BLE001  # the same
            report(f"metadata {key!r} could not be added", failure)

    def patch(self, modules: Sequence[str] | None = None) -> None:
        """Record the calls of libraries. A disabled tracer patches nothing.

        Args:
            modules: names of libraries, as the X-Ray SDK calls them: they are imported and patched at once. By default
                all that the SDK knows, each when the function imports it.

        Raises:
            Exception: the X-Ray SDK does not know one of them.
        """
        if self.disabled:
            return
        if modules is None:
            self._provider.patch_all()
            if not isinstance(self._provider, XRayProvider):
                shared.hand_on_scopes(self._provider)
        else:
            self._provider.patch(modules)

    def ignore_endpoint(self, hostname: str | None = None, urls: list[str] | None = None) -> None:
        """Record no HTTP requests to an endpoint. Only X-Ray has such a list; other providers ignore this.

        Args:
            hostname: name of a host, a pattern as in `fnmatch`.
            urls: paths, all of the host by default.

        Raises:
            ImportError: the X-Ray SDK is not installed.
        """
        if isinstance(self._provider, XRayProvider):
            self._provider.ignore_endpoint(hostname, urls)

    def propagate(self, function: Callable[P, R]) -> Callable[P, R]:
        """Bind a function to the current subsegment, so that a thread which calls it records below that.

        Threads of `concurrent.futures` and `asyncio.to_thread` need no help while `auto_patch` is on. What other
        utilities know of the invocation goes along, since this carries over all context variables.

        Example:
            >>> import threading
            >>> tracer = Tracer()
            >>> @tracer.capture_method
            ... def work(results):
            ...     results.append(42)
            >>> results = []
            >>> thread = threading.Thread(target=tracer.propagate(work), args=(results,))
            >>> thread.start()
            >>> thread.join()
            >>> results
            [42]
        """
        from contextvars import copy_context

        context = copy_context()

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            # A copy of its own for each call: two threads cannot be in one context at the same time.
            return context.copy().run(function, *args, **kwargs)

        return run

    @classmethod
    def _reset_config(cls) -> None:
        """Forget the shared configuration and undo what was done to the X-Ray SDK, for tests."""
        shared.reset()

    def _move_to(self, provider: Any) -> None:
        """Record to another provider, which has been registered since the tracer was made."""
        self._provider = provider
        if self.auto_patch:
            try:
                self.patch(shared.patch_modules)
            except Exception as failure:  # noqa: BLE001  # nobody is there who has asked for it now
                report("libraries could not be patched", failure)

    def _recording_provider(self) -> Any:
        """Return the provider to record to, None where that would be to no effect."""
        provider = self._provider
        if self.disabled and isinstance(provider, XRayProvider) and (provider.is_inert or provider.is_recording):
            # Nobody has imported the SDK only to be handed a dummy; and if another tracer has switched it on, this
            # one is disabled still.
            return None
        return provider


def _require_callable(function: object, decorator: str) -> None:
    if not callable(function):
        raise TypeError(f"@tracer.{decorator} decorates a function, not {type(function).__name__} {function!r:.80}")
