"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin, hookimpl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.validation._compile import Format, Handler
    from lambda_powertools.validation.exceptions import SchemaValidationError


class ValidationOptions:
    """What `@powertools(validation={…})` may name.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.validation.plugin import ValidationPlugin
        >>> registry = Registry()
        >>> registry.register(ValidationPlugin)
        >>> refuse = lambda error: {"statusCode": 400, "body": error.validation_message}
        >>> @powertools(registry=registry, validation={"inbound_schema": {"required": ["id"]}, "on_invalid": refuse})
        ... def handler(event, context):
        ...     return {"statusCode": 200}
        >>> handler({"id": 7}, None)
        {'statusCode': 200}
        >>> handler({}, None)
        {'statusCode': 400, 'body': "data must contain ['id'] properties"}
    """

    def __init__(  # noqa: PLR0913  # one parameter for each option
        self,
        *,
        inbound_schema: dict[str, Any] | bool | None = None,
        inbound_formats: dict[str, Format] | None = None,
        inbound_handlers: dict[str, Handler] | None = None,
        inbound_provider_options: dict[str, Any] | None = None,
        outbound_schema: dict[str, Any] | bool | None = None,
        outbound_formats: dict[str, Format] | None = None,
        outbound_handlers: dict[str, Handler] | None = None,
        outbound_provider_options: dict[str, Any] | None = None,
        envelope: str = "",
        jmespath_options: dict[str, Any] | None = None,
        on_invalid: Callable[[SchemaValidationError], Any] | None = None,
    ) -> None:
        """Keep the options, those of `validator`, and one more.

        Args:
            inbound_schema: the schema of the event; without one the event is not validated.
            inbound_formats: as `formats` of `validate`, for the event.
            inbound_handlers: as `handlers` of `validate`, for the event.
            inbound_provider_options: as `provider_options` of `validate`, for the event.
            outbound_schema: the schema of the response; without one the response is not validated.
            outbound_formats: as `formats` of `validate`, for the response.
            outbound_handlers: as `handlers` of `validate`, for the response.
            outbound_provider_options: as `provider_options` of `validate`, for the response.
            envelope: a JMESPath expression; the handler receives what it finds in the event.
            jmespath_options: keywords for `jmespath.Options`.
            on_invalid: called with the error about an event that does not conform; what it returns is the response, in
                place of the error. That response is not validated.

        Raises:
            TypeError: `on_invalid` cannot be called.
        """
        if on_invalid is not None and not callable(on_invalid):
            raise TypeError(f"on_invalid is a {type(on_invalid).__name__}, not a function")
        self.inbound = (inbound_schema, inbound_formats, inbound_handlers, inbound_provider_options)
        self.outbound = (outbound_schema, outbound_formats, outbound_handlers, outbound_provider_options)
        self.envelope = envelope
        self.jmespath_options = jmespath_options
        self.on_invalid = on_invalid


class ValidationPlugin(Plugin[ValidationOptions]):
    """Validates the event before the handler runs, and the response after it.

    `Invocation.state["validation"]` is `{"refused": True}` after an event that `on_invalid` answered.
    """

    name = "validation"
    order = 230
    on_failure: Literal["raise", "warn"] = "raise"
    Options = ValidationOptions

    def __init__(self, options: ValidationOptions | None = None) -> None:
        super().__init__(options or ValidationOptions())
        self._unwrap: Callable[[Any], Any] | None = None
        self._inbound: Callable[[Any], Any] | None = None
        self._outbound: Callable[[Any], Any] | None = None

    @hookimpl
    def on_init(self, application: Application) -> None:  # noqa: ARG002  # the hook's parameter
        """Compile the schemas and the envelope; one that cannot be used is an error now, not during a request."""
        options = self.options
        if not (options.envelope or options.inbound[0] or options.outbound[0]):
            self.stand_aside()
            return
        from lambda_powertools.validation._run import Check

        if options.envelope:
            from lambda_powertools.jmespath import compile_expression

            self._unwrap = compile_expression(options.envelope, options.jmespath_options)
        if options.inbound[0]:
            self._inbound = Check(*options.inbound)
            self._inbound.prepare()
        if options.outbound[0]:
            self._outbound = Check(*options.outbound)
            self._outbound.prepare()

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Unwrap the event and validate it."""
        if self._unwrap is not None:
            invocation.event = self._unwrap(invocation.event)
        if self._inbound is None:
            return
        from lambda_powertools.validation._run import validated
        from lambda_powertools.validation.exceptions import SchemaValidationError

        try:
            invocation.event = validated(self._inbound, invocation.event)
        except SchemaValidationError as error:
            if self.options.on_invalid is None:
                raise
            invocation.state["validation"] = {"refused": True}
            invocation.respond(self.options.on_invalid(error))

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Validate the response."""
        if self._outbound is not None and "validation" not in invocation.state:
            self._outbound(invocation.response)
