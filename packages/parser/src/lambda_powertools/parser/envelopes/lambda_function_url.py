"""The envelope of Lambda function URLs."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, body_of, opened
from lambda_powertools.parser.models.lambda_function_url import LambdaFunctionUrlModel


class LambdaFunctionUrlEnvelope(BaseEnvelope):
    """Takes the body out of a request through a function URL."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the body, decoded if it is base64, as an object of the model; None if there is none."""
        event = opened(LambdaFunctionUrlModel, data)
        return self._parse_at(("body",), body_of(event.body, event.isBase64Encoded), model)
