"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin, hookimpl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.data_classes._wrapper import DictWrapper


class DataClassesOptions:
    """What `@powertools(data_classes={…})` may name; a data class is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.data_classes import SQSEvent
        >>> from lambda_powertools.data_classes.plugin import DataClassesPlugin
        >>> registry = Registry()
        >>> registry.register(DataClassesPlugin)
        >>> @powertools(registry=registry, data_classes=SQSEvent)
        ... def handler(event, context):
        ...     return [record.body for record in event.records]
        >>> handler({"Records": [{"body": "first"}]}, None)
        ['first']
    """

    def __init__(
        self,
        *,
        data_class: Any = None,
        json_deserializer: Callable[[str], Any] | None = None,
        unwrap_response: bool = True,
    ) -> None:
        """Keep the options.

        Args:
            data_class: the class of the event; by default the one that the handler's event parameter is annotated with.
            json_deserializer: parses JSON texts inside the event, `json.loads` by default.
            unwrap_response: whether a data class that the handler returns becomes its raw event, and a response builder
                the response.

        Raises:
            TypeError: `data_class` is no data class.
        """
        if data_class is not None:
            from lambda_powertools.data_classes._conversion import is_data_class

            if not is_data_class(data_class):
                raise TypeError(f"{data_class!r:.80} is no data class, such as SQSEvent")
        self.data_class: type[DictWrapper] | None = data_class
        self.json_deserializer = json_deserializer
        self.unwrap_response = unwrap_response

    @classmethod
    def from_value(cls, value: Any) -> DataClassesOptions:
        """Take a data class.

        Raises:
            TypeError: it is none.
        """
        return cls(data_class=value)


class DataClassesPlugin(Plugin[DataClassesOptions]):
    """Hands a handler its event in the class that its event parameter is annotated with.

    It is the innermost of all plugins: the others see the event as it came, and the response as it leaves.
    """

    name = "data_classes"
    order = 950
    Options = DataClassesOptions

    def __init__(self, options: DataClassesOptions | None = None) -> None:
        super().__init__(options or DataClassesOptions())
        self._data_class = self.options.data_class

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Look at the annotation of the handler's event parameter."""
        if self._data_class is None:
            from lambda_powertools.data_classes._annotation import annotated_data_class

            self._data_class = annotated_data_class(application.handler)
        if self._data_class is None and not self.options.unwrap_response:
            self.stand_aside()

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Wrap the event."""
        if self._data_class is not None:
            from lambda_powertools.data_classes._conversion import wrap

            invocation.event = wrap(invocation.event, self._data_class, self.options.json_deserializer)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Unwrap the response."""
        if self.options.unwrap_response and invocation.response.__class__ is not dict:
            from lambda_powertools.data_classes._conversion import unwrap

            invocation.response = unwrap(invocation.response)
