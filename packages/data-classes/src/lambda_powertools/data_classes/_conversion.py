"""Between the events and responses of Lambda, and data classes."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.exceptions import EventTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    WrapperT = TypeVar("WrapperT", bound=DictWrapper)

_BUILDER_MODULE = "lambda_powertools.data_classes._builder"


def is_data_class(value: Any) -> bool:
    """Return whether a value is a class of events."""
    # Not issubclass: on Python 3.10 dict[str, str] passes for a class until it is asked that.
    return isinstance(value, type) and DictWrapper in value.__mro__


def as_data_class(event: Any, data_class: type[WrapperT], json_deserializer: Callable[[str], Any] | None) -> WrapperT:
    """Return a view over an event, or over what another view is of; the event itself if it is such a view."""
    if isinstance(event, data_class):
        return event
    raw = event.raw_event if isinstance(event, DictWrapper) else event
    return data_class(raw, json_deserializer) if json_deserializer else data_class(raw)


def wrap(event: Any, data_class: type[WrapperT], json_deserializer: Callable[[str], Any] | None) -> WrapperT:
    """Return an event as a data class.

    Raises:
        EventTypeError: the event is no mapping.
    """
    if not isinstance(event, Mapping):
        raise EventTypeError(
            f"the handler wants {data_class.__name__}, which is a view of a mapping, not {type(event).__name__}"
        )
    return as_data_class(event, data_class, json_deserializer)


def unwrap(response: Any) -> Any:
    """Return what a handler's data class or response builder stands for; any other response as it is."""
    if isinstance(response, DictWrapper):
        return response.raw_event
    builders = sys.modules.get(_BUILDER_MODULE)  # where none is loaded, none is returned
    if builders is not None and isinstance(response, builders.Builder):
        return response.asdict()
    return response
