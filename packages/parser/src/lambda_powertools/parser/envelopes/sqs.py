"""The envelope of SQS."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from lambda_powertools.parser._adapters import adapter_of
from lambda_powertools.parser._validation import validated
from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.sqs import SqsAttributesModel, SqsModel, SqsMsgAttributeModel, SqsRecordModel

if TYPE_CHECKING:
    from pydantic import BaseModel


class SqsEnvelope(BaseEnvelope):
    """Takes the bodies out of messages."""

    def prepare(self, model: Any) -> None:
        """Build the validator that `parse` needs for a model, ahead of the first event.

        Raises:
            InvalidModelTypeError: pydantic can make no schema of the model.
        """
        adapter_of(model, around=_messages_of)

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the bodies of all messages as objects of the model, in the order of the event."""
        if type(self) is SqsEnvelope:  # a subclass may look at each body in its own way
            try:
                checked = adapter_of(model, around=_messages_of).validator.validate_python(data)
            except Exception:  # noqa: BLE001, S110  # what it was, the careful way below reports
                pass
            else:
                return [record["body"] for record in checked["Records"]]
        records = opened(SqsModel, data).Records
        return self._parse_all(
            ((("Records", index, "body"), record.body) for index, record in enumerate(records)), model
        )


def _messages_of(model: Any) -> Any:
    """Return the type of an event whose bodies are JSON of the model: as strict as the event's model, twice as fast."""
    from pydantic import AfterValidator, Json, TypeAdapter
    from typing_extensions import TypedDict

    json_of: Any = Json  # what is made here is made of values, which no type checker can know
    typed_dict: Any = TypedDict
    if isinstance(model, TypeAdapter):  # which is no type that another could be made of
        body: Any = Annotated[str, AfterValidator(partial(validated, model=model))]
    else:
        body = json_of[model]
    attribute: Any = typed_dict("Attribute", _fields(SqsMsgAttributeModel))
    record: Any = typed_dict(
        "Record",
        {
            **_fields(SqsRecordModel),
            "attributes": typed_dict("Attributes", _fields(SqsAttributesModel)),
            "messageAttributes": dict[str, attribute],
            "body": body,
        },
    )
    return typed_dict("Event", {"Records": list[record]})


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a model that has neither validators nor aliases as those of a typed dictionary."""
    from typing_extensions import NotRequired

    fields = {}
    for name, field in model.model_fields.items():
        kind = _moment() if field.annotation is datetime else field.annotation
        fields[name] = kind if field.is_required() else NotRequired[kind]
    return fields


def _moment() -> Any:
    """Return a type of whatever is a `datetime`, which leaves the milliseconds that SQS sends as they are."""
    from pydantic import Field

    milliseconds = Annotated[str, Field(pattern="^[0-9]{13}$")]
    return Annotated[milliseconds | datetime, Field(union_mode="left_to_right")]
