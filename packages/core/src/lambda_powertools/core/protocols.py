"""Protocols for annotations, which `core.typing` offers; apart from the classes there, as `typing` makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from lambda_powertools.core.typing import LambdaContext

EventT_contra = TypeVar("EventT_contra", contravariant=True)
ContextT_contra = TypeVar("ContextT_contra", contravariant=True)
ReturnT_co = TypeVar("ReturnT_co", covariant=True)


@runtime_checkable
class DurableContextProtocol(Protocol):
    """The context that durable functions receive: it wraps the Lambda context."""

    @property
    def lambda_context(self) -> LambdaContext:
        """The Lambda context itself."""

    @property
    def state(self) -> object:
        """State of the durable execution; more than one operation in it means a replay."""


class LambdaHandler(Protocol[EventT_contra, ContextT_contra, ReturnT_co]):
    """A function that Lambda can call: with event and context, by position or by name."""

    def __call__(self, event: EventT_contra, context: ContextT_contra) -> ReturnT_co:
        """Handle one event."""
