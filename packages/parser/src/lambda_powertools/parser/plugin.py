"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.parser.envelopes.base import BaseEnvelope


class ParserOptions:
    """What `@powertools(parser={…})` may name; a model is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.parser import BaseModel
        >>> from lambda_powertools.parser.plugin import ParserPlugin
        >>> registry = Registry()
        >>> registry.register(ParserPlugin)
        >>> class Order(BaseModel):
        ...     id: int
        >>> @powertools(registry=registry, parser=Order)
        ... def handler(event, context):
        ...     return event.id
        >>> handler({"id": "7"}, None)
        7
    """

    def __init__(
        self,
        *,
        model: Any = None,
        envelope: type[BaseEnvelope] | BaseEnvelope | None = None,
        on_error: Callable[[ValueError, Any], Any] | None = None,
        on_validation_error: Callable[[ValueError, Any], Any] | None = None,
    ) -> None:
        """Keep the options.

        Args:
            model: what `parse` takes; by default what the handler's event parameter is annotated with, if that is a
                pydantic model or dataclass, or a union or list with one.
            envelope: an envelope to take off first; the annotation may name it too.
            on_error: called with the error and the raw event when the event cannot be parsed; what it returns is the
                response. Without it the error leaves the handler.
            on_validation_error: another name of `on_error`.
        """
        self.model = model
        self.envelope = envelope
        self.on_error = on_error or on_validation_error

    @classmethod
    def from_value(cls, value: Any) -> ParserOptions:
        """Take a model."""
        return cls(model=value)


class ParserPlugin(Plugin[ParserOptions]):
    """Hands a handler its event as an object of the model that its event parameter is annotated with.

    The event as it came stays in `invocation.state["parser"]["raw_event"]`.
    """

    name = "parser"
    order = 260
    on_failure = "raise"
    Options = ParserOptions

    def __init__(self, options: ParserOptions | None = None) -> None:
        super().__init__(options or ParserOptions())
        self._target: tuple[Any, Any] = (None, None)

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Look at the annotation of the handler's event parameter, and build the model's validator."""
        from lambda_powertools.parser._target import prepare, target_of

        target = target_of(application, self.options.model, self.options.envelope)
        if target is None:
            self.stand_aside()
            return
        self._target = target
        prepare(*target)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Parse the event."""
        from lambda_powertools.parser._parsing import parse

        raw_event = invocation.event
        invocation.state["parser"] = {"raw_event": raw_event}
        try:
            invocation.event = parse(raw_event, *self._target)
        except ValueError as error:
            if self.options.on_error is None:
                raise
            invocation.respond(self.options.on_error(error, raw_event))
