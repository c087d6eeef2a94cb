"""The envelope of API Gateway HTTP APIs."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, body_of, opened
from lambda_powertools.parser.models.apigwv2 import APIGatewayProxyEventV2Model


class ApiGatewayV2Envelope(BaseEnvelope):
    """Takes the body out of a request through an HTTP API, payload format 2.0."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the body, decoded if it is base64, as an object of the model; None if there is none."""
        event = opened(APIGatewayProxyEventV2Model, data)
        return self._parse_at(("body",), body_of(event.body, event.isBase64Encoded), model)
