"""The envelope of VPC Lattice, payload format 1."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, body_of, opened
from lambda_powertools.parser.models.vpc_lattice import VpcLatticeModel


class VpcLatticeEnvelope(BaseEnvelope):
    """Takes the body out of a request through a service network."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the body, decoded if it is base64, as an object of the model; None if there is none."""
        event = opened(VpcLatticeModel, data)
        return self._parse_at(("body",), body_of(event.body, event.is_base64_encoded), model)
