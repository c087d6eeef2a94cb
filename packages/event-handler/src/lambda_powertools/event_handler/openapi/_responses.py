"""The responses of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi._plain import plain_data
from lambda_powertools.event_handler.openapi._results import UNDECLARED
from lambda_powertools.event_handler.openapi.constants import DEFAULT_CONTENT_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.event_handler.openapi._analysis import RouteAnalysis
    from lambda_powertools.event_handler.openapi._components import Components

_REQUEST_FAULT = "422"


def describe_responses(
    analysis: RouteAnalysis, components: Components, *, validated: bool, code: int | None
) -> dict[str, Any]:
    """Return the response objects of a route by status, in the order of statuses."""
    options = analysis.route.options
    described: dict[str, Any] = {}
    if options.responses:
        for status, response in options.responses.items():
            described[status_key(status)] = _given(analysis, response, components)
    else:
        content = {DEFAULT_CONTENT_TYPE: _returned(analysis, components)}
        described[str(int(options.status_code))] = {"description": options.response_description, "content": content}
    if validated and code is not None:
        described.setdefault(str(code), _fault(components, "Response Validation Error", "ResponseValidationError"))
    if validated:
        described.setdefault(_REQUEST_FAULT, _fault(components, "Validation Error", "HTTPValidationError"))
    return {status: described[status] for status in sorted(described)}


def status_key(status: Any) -> str:
    """Return a status as documents write it: members of `HTTPStatus` as their number."""
    return str(int(status)) if isinstance(status, int) else str(status)


def _fault(components: Components, description: str, name: str) -> dict[str, Any]:
    return {"description": description, "content": {DEFAULT_CONTENT_TYPE: {"schema": components.error(name)}}}


def _returned(analysis: RouteAnalysis, components: Components) -> dict[str, Any]:
    if analysis.result is UNDECLARED:
        return {}
    return {"schema": _schema(analysis, analysis.result, components)}


def _schema(analysis: RouteAnalysis, annotation: Any, components: Components) -> dict[str, Any]:
    where = f"the response of {analysis.describe_route()}"
    return components.collector.schema(annotation, "serialization", lambda: where, title="Return")


def _given(analysis: RouteAnalysis, response: Mapping[str, Any], components: Components) -> dict[str, Any]:
    described: dict[str, Any] = {name: plain_data(value) for name, value in response.items() if name != "content"}
    described.setdefault("description", "")
    content = response.get("content")
    if content is None:
        described["content"] = {DEFAULT_CONTENT_TYPE: _returned(analysis, components)}
        return described
    described["content"] = {media: _content(analysis, entry, components) for media, entry in content.items()}
    return described


def _content(analysis: RouteAnalysis, entry: Any, components: Components) -> dict[str, Any]:
    if not isinstance(entry, dict):
        data: dict[str, Any] = plain_data(entry)
        return data
    described = {name: plain_data(value) for name, value in entry.items() if name != "model"}
    if "model" in entry:
        return {"schema": _schema(analysis, entry["model"], components), **described}
    return described
