"""An envelope of one's own."""

from aws_lambda_powertools.utilities.parser import BaseEnvelope, BaseModel, event_parser

EVENTS = [{"meta": {"v": 1}, "payload": {"tune": "reel"}}, {"meta": {"v": "x"}}]


class Meta(BaseModel):
    v: int


class Outer(BaseModel):
    meta: Meta
    payload: dict


class Tune(BaseModel):
    tune: str


class PayloadEnvelope(BaseEnvelope):
    def parse(self, data, model):
        outer = Outer.model_validate(data)
        return self._parse(data=outer.payload, model=model)


@event_parser(model=Tune, envelope=PayloadEnvelope)
def handler(event: Tune, context):
    return event.tune
