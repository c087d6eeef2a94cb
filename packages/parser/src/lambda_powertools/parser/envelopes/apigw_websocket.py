"""The envelope of API Gateway WebSocket APIs."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, body_of, opened
from lambda_powertools.parser.models.apigw_websocket import APIGatewayWebSocketMessageEventModel


class ApiGatewayWebSocketEnvelope(BaseEnvelope):
    """Takes the body out of a WebSocket message; connections and their ends have none."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the body, decoded if it is base64, as an object of the model; None if there is none."""
        event = opened(APIGatewayWebSocketMessageEventModel, data)
        return self._parse_at(("body",), body_of(event.body, event.is_base64_encoded), model)
