"""What an agent sends to an action that is described by an OpenAPI schema, read for validation; and that schema.

Values are text. Those that are declared as arrays or objects hold JSON, or arrays as agents write them: `[a, b]`.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler._agents import decode_value, given_values
from lambda_powertools.event_handler.openapi._request import RequestPlan
from lambda_powertools.event_handler.openapi._sources import MISSING
from lambda_powertools.event_handler.openapi._values import SOURCES
from lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lambda_powertools.event_handler.bedrock_agent import BedrockAgentResolver
    from lambda_powertools.event_handler.openapi._shared import RouteParameter

_DECODED = "decoded"
_NUMBERS_AS_TEXT = "numbers as text"
_AS_SENT = "as sent"


class AgentRequest:
    """The values of an agent's event: what validation reads in the place of the event.

    Args:
        raw: the event.
        mode: how arrays and objects are read.
    """

    _json_deserializer = staticmethod(json.loads)

    def __init__(self, raw: Mapping[str, Any], mode: str) -> None:
        self._mode = mode
        self.decoded = False
        self.raw_event: dict[str, Any] = {name: raw[name] for name in ("parameters", "requestBody") if name in raw}
        self.parameters = {name: self.decode(kind, value) for name, kind, value in given_values(raw.get("parameters"))}

    @property
    def json_body(self) -> dict[str, Any] | None:
        """The properties of the JSON body, None without one."""
        media: Any = self.raw_event.get("requestBody")
        for name in ("content", "application/json"):
            media = media.get(name) if isinstance(media, dict) else None
        if not isinstance(media, dict):
            return None
        return {name: self.decode(kind, value) for name, kind, value in given_values(media.get("properties"))}

    def decode(self, kind: Any, value: Any) -> Any:
        """Return the array or object that a text stands for; any other value, and any other text, as it is."""
        if self._mode == _AS_SENT:
            return value
        decoded = decode_value(kind, value, numbers_as_text=self._mode == _NUMBERS_AS_TEXT)
        self.decoded = self.decoded or decoded is not value
        return decoded


class AgentValues:
    """The parameters of an agent's event."""

    def __init__(self, event: AgentRequest, groups: Mapping[str, str]) -> None:  # noqa: ARG002  # as all sources are made
        self._event = event

    def names(self) -> Iterable[str]:
        """Return the names of what was sent."""
        return self._event.parameters

    def one(self, name: str) -> Any:
        """Return the value, commas and all."""
        return self._event.parameters.get(name, MISSING)

    def many(self, name: str) -> Any:
        """Return the items of an array; any other value is the only one."""
        value = self._event.parameters.get(name, MISSING)
        if value is MISSING:
            return MISSING
        value = self._event.decode("array", value)
        return value if isinstance(value, list) else [value]


class AgentRequestPlan(RequestPlan):
    """Reads the parameters of a route's function from the event of an agent."""

    sources: ClassVar[Mapping[str, type[Any]]] = {**SOURCES, "query": AgentValues}

    def read(self, event: Any, groups: Mapping[str, str]) -> dict[RouteParameter, Any]:
        """Return the value of each parameter.

        The items of `[1, 2]` may be meant as numbers or as texts, and a text may look like an array: what fits the
        declared types is what was meant.

        Raises:
            RequestValidationError: values are missing or wrong.
        """
        first: RequestValidationError | None = None
        for mode in (_DECODED, _NUMBERS_AS_TEXT, _AS_SENT):
            request = AgentRequest(event.raw_event, mode)
            try:
                return super().read(request, groups)
            except RequestValidationError as error:
                first = first or error
                if not request.decoded:
                    break
        assert first is not None  # noqa: S101  # the loop returns or has caught one
        raise first


def agent_schema(app: BedrockAgentResolver, **meta: Any) -> str:
    """Return the schema of an action group as JSON text.

    Raises:
        OpenAPIDependencyError: the extra `openapi` is not installed.
        OpenAPISchemaError: the document would not be valid.
    """
    from lambda_powertools.event_handler.openapi.app import document_of

    document = document_of(app, **{**meta, "openapi_version": _INTERMEDIATE})
    from lambda_powertools.openapi.down_conversion import to_openapi_30

    for route in app.matcher.routes:
        if route.options.include_in_schema and not route.options.description:
            warnings.warn(
                f"{route.method} {route.path} has no description, without which an agent refuses the schema: "
                "give the route one, or include_in_schema=False",
                PowertoolsUserWarning,
                stacklevel=3,
            )
    return json.dumps(to_openapi_30(document), indent=2, ensure_ascii=False)


_INTERMEDIATE = "3.1.1"
"""The version that is converted from; another one than the default, so that no configured one counts."""
