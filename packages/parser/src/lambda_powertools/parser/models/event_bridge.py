"""Events of EventBridge.

The format: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from lambda_powertools.parser._model import EventModel


class EventBridgeModel(EventModel):
    """One event of a bus, a schedule or a pipe."""

    model_config = ConfigDict(populate_by_name=True)

    version: str
    id: str
    source: str
    account: str
    time: datetime
    region: str
    resources: list[str]
    detail_type: str | None = Field(default=None, alias="detail-type")
    detail: dict[str, Any] | type[BaseModel] | BaseModel
    replay_name: str | None = Field(default=None, alias="replay-name")

    @field_validator("detail", mode="before")
    @classmethod
    def _empty_detail_of_a_schedule(cls, value: Any, info: ValidationInfo) -> Any:
        return {} if value == "{}" and info.data.get("source") == "aws.scheduler" else value
