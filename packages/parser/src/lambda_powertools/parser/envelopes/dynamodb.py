"""The envelope of DynamoDB streams."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.dynamodb import DynamoDBStreamModel


class DynamoDBStreamEnvelope(BaseEnvelope):
    """Takes the images out of changes."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return for each change, in order, `{"NewImage": …, "OldImage": …}`: objects of the model, or None."""
        changes = [record.dynamodb for record in opened(DynamoDBStreamModel, data).Records]
        images = self._parse_all(
            (
                (("Records", index, "dynamodb", name), getattr(change, name))
                for index, change in enumerate(changes)
                for name in ("NewImage", "OldImage")
            ),
            model,
        )
        return [{"NewImage": new, "OldImage": old} for new, old in zip(images[::2], images[1::2], strict=True)]
