"""What functions are given because their signature asks for it: the request, and dependencies with theirs.

Each function that has dependencies is a scope: what was made for it is torn down when it is done, the last first. An
exception on its way out is thrown into generators at their `yield`.
"""

from __future__ import annotations

from types import AsyncGeneratorType, GeneratorType

from lambda_powertools.core.callables import display_name, is_coroutine_function
from lambda_powertools.event_handler._signature import (
    annotated_parameters,
    check_defaults,
    parameter_defaults,
    underlying_function,
)
from lambda_powertools.event_handler._state import settle
from lambda_powertools.event_handler.depends import Depends
from lambda_powertools.event_handler.exceptions import DependencyResolutionError
from lambda_powertools.event_handler.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._state import RequestState

_SELF = frozenset({"self", "cls"})
_ASYNC_GENERATOR = 512  # flag of the code of `async def` with `yield`


class Injection:
    """What one function is given.

    Attributes:
        requests: names of the parameters that take the request.
        dependencies: names of the others, and where their values come from.
        asynchronous: whether a dependency, at any depth, is one to await.
    """

    __slots__ = ("asynchronous", "dependencies", "requests")

    def __init__(self, requests: list[str], dependencies: list[tuple[str, Dependency]]) -> None:
        self.requests = requests
        self.dependencies = dependencies
        self.asynchronous = any(dependency.asynchronous for _, dependency in dependencies)


class Dependency:
    """A dependency of a parameter.

    Attributes:
        declared: what the annotation says.
        injection: what the dependency is given itself, None for nothing.
        required: parameters of its own that a request has to supply.
        asynchronous: whether it, or one of its own, is to be awaited.
    """

    __slots__ = ("_replaced", "asynchronous", "declared", "injection", "required")

    def __init__(self, declared: Depends, ancestors: tuple[Any, ...], *, tolerant: bool = False) -> None:
        function = declared.dependency
        if function in ancestors:
            path = " -> ".join(display_name(one) for one in (*ancestors, function))
            raise DependencyResolutionError(f"dependencies go round in a circle: {path}")
        check_defaults(function)
        self.declared = declared
        self.asynchronous: bool
        self.injection = injection_of(function, ancestors=(*ancestors, function), tolerant=tolerant)
        self.required = _required(function, self.injection)
        code = getattr(underlying_function(function), "__code__", None)
        self.asynchronous = (
            is_coroutine_function(function)
            or (code is not None and bool(code.co_flags & _ASYNC_GENERATOR))
            or (self.injection is not None and self.injection.asynchronous)
        )
        self._replaced: tuple[Any, Dependency] | None = None

    def replaced_by(self, function: Callable[..., Any]) -> Dependency:
        """Return the dependency that stands in for this one; what it is given follows from its own signature."""
        if self._replaced is None or self._replaced[0] is not function:
            stand_in = Dependency(Depends(function, use_cache=self.declared.use_cache), ())
            self._replaced = (function, stand_in)
        return self._replaced[1]


def injection_of(
    function: Callable[..., Any], *, skip: int = 0, ancestors: tuple[Any, ...] = (), tolerant: bool = False
) -> Injection | None:
    """Return what a function is given, None for nothing.

    Args:
        function: the function.
        skip: how many of its first parameters are given otherwise.
        ancestors: the dependencies that it is one of.
        tolerant: whether annotations that cannot be evaluated yet are left out.

    Raises:
        DependencyResolutionError: its dependencies go round in a circle, or cannot be known.
    """
    requests: list[str] = []
    dependencies: list[tuple[str, Dependency]] = []
    for name, annotation in annotated_parameters(function, skip, tolerant=tolerant):
        found = _marker(annotation)
        if found is Request:
            requests.append(name)
        elif isinstance(found, Depends):
            dependencies.append((name, Dependency(found, ancestors, tolerant=tolerant)))
    return Injection(requests, dependencies) if requests or dependencies else None


def injected_names(function: Callable[..., Any]) -> frozenset[str]:
    """Return the names of the parameters that are injected, which are none of a request's."""
    return frozenset(
        name
        for name, annotation in annotated_parameters(function)
        if _marker(annotation) is Request or isinstance(_marker(annotation), Depends)
    )


def _marker(annotation: Any) -> Any:
    """Return the `Depends` of an annotation, or `Request` if it is that, also inside an optional; else None."""
    if annotation is Request:
        return Request
    for item in getattr(annotation, "__metadata__", ()):
        if isinstance(item, Depends):
            return item
    if type(annotation).__name__ in {"UnionType", "_UnionGenericAlias", "Union"}:
        for argument in annotation.__args__:
            found = _marker(argument)
            if found is not None:
                return found
    return None


def _required(function: Callable[..., Any], injection: Injection | None) -> tuple[str, ...]:
    inner = underlying_function(function)
    code = getattr(inner, "__code__", None)
    if code is None:
        return ()
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    injected = {*injection.requests, *(name for name, _ in injection.dependencies)} if injection is not None else set()
    given = {*injected, *parameter_defaults(function), *(getattr(function, "keywords", None) or ())}
    positional = len(getattr(function, "args", ()))
    return tuple(
        name for index, name in enumerate(names) if name not in given and name not in _SELF and index >= positional
    )


def check_dependencies(injection: Injection, function: Callable[..., Any]) -> None:
    """Refuse dependencies with required parameters that, without validation, nothing supplies.

    Raises:
        DependencyResolutionError: there is one.
    """
    for _, dependency in injection.dependencies:
        if dependency.required:
            raise DependencyResolutionError(
                f"dependency {display_name(dependency.declared.dependency)} of {display_name(function)} has parameters "
                f"that nothing supplies: {', '.join(dependency.required)}. Give them defaults, make them dependencies, "
                "or set enable_validation to take them from the request"
            )
        if dependency.injection is not None:
            check_dependencies(dependency.injection, dependency.declared.dependency)


class Scope:
    """The dependencies that were made for one function, and are torn down behind it."""

    __slots__ = ("_app", "_generators", "_state")

    def __init__(self, app: ApiGatewayResolver, state: RequestState) -> None:
        self._app = app
        self._state = state
        self._generators: list[tuple[Any, Callable[..., Any]]] = []

    async def solve(self, injection: Injection, function: Callable[..., Any]) -> dict[str, Any]:
        """Return the arguments that are injected.

        Raises:
            DependencyResolutionError: a dependency failed; its exception is the cause.
        """
        arguments: dict[str, Any] = {}
        for name, dependency in injection.dependencies:
            arguments[name] = await self._value(dependency, name, function)
        if injection.requests:
            request = self._state.current_request()
            arguments.update(dict.fromkeys(injection.requests, request))
        return arguments

    async def _value(self, dependency: Dependency, parameter: str, owner: Callable[..., Any]) -> Any:
        function = dependency.declared.dependency
        overrides = self._app.dependency_overrides
        if overrides and function in overrides:
            function = overrides[function]
            dependency = dependency.replaced_by(function)
        values = self._state.dependency_values
        if values is None:
            values = self._state.dependency_values = {}
        if dependency.declared.use_cache and function in values:
            return values[function]
        arguments = {} if dependency.injection is None else await self.solve(dependency.injection, function)
        supplied = self._state.dependency_arguments
        if supplied is not None:
            arguments.update(supplied.get(function, ()))
        try:
            value = await self._call(function, arguments)
        except Exception as error:
            raise DependencyResolutionError(
                f"dependency {display_name(function)} for parameter {parameter} of {display_name(owner)} failed "
                f"with {type(error).__name__}"
            ) from error
        if dependency.declared.use_cache:
            values[function] = value
        return value

    async def _call(self, function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        result = function(**arguments)
        if isinstance(result, GeneratorType):
            try:
                value = next(result)
            except StopIteration:
                raise TypeError(f"{display_name(function)} is a generator that yields nothing") from None
        elif isinstance(result, AsyncGeneratorType):
            try:
                value = await settle(self._state, anext(result))
            except StopAsyncIteration:
                raise TypeError(f"{display_name(function)} is a generator that yields nothing") from None
        else:
            return await settle(self._state, result)
        self._generators.append((result, function))
        return value

    async def close(self, error: BaseException | None) -> None:
        """Tear down what was made, the last first, each of it whatever becomes of the others.

        Args:
            error: what the function failed with. Generators see it, but cannot make it undone.

        Raises:
            BaseException: `error`, or what a generator raised in its place.
        """
        values = self._state.dependency_values or {}
        while self._generators:
            generator, function = self._generators.pop()
            values.pop(function, None)  # it is used up: who asks for it again is given another
            try:
                await self._finish(generator, error)
            except BaseException as raised:  # noqa: BLE001  # the others are torn down with it, then it goes on
                error = raised
        if error is not None:
            raise error

    async def _finish(self, generator: Any, error: BaseException | None) -> None:
        try:
            if isinstance(generator, GeneratorType):
                generator.throw(error) if error is not None else next(generator)
            else:
                step = generator.athrow(error) if error is not None else anext(generator)
                await settle(self._state, step)
        except (StopIteration, StopAsyncIteration):
            if error is not None:
                raise error from None
            return
        if isinstance(generator, GeneratorType):
            generator.close()
        else:
            await settle(self._state, generator.aclose())
        raise DependencyResolutionError(f"{generator.__name__} yields more than once, a dependency has one value")


async def call_scoped(
    app: ApiGatewayResolver,
    state: RequestState,
    function: Callable[..., Any],
    injection: Injection,
    call: Callable[[dict[str, Any]], Any],
) -> Any:
    """Return what `call` makes of the injected arguments, and tear the dependencies down."""
    scope = Scope(app, state)
    try:
        result = await settle(state, call(await scope.solve(injection, function)))
    except BaseException as error:  # noqa: BLE001  # it is raised again, when all is torn down
        await scope.close(error)
    else:
        await scope.close(None)
        return result
    raise AssertionError("an error was lost")  # pragma: no cover  # close raises it
