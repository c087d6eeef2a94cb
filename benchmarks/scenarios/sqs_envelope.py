from scenarios._sqs import event

TITLE = "SQS envelope, 10 records"
WHAT = "parse an event of ten messages into ten models"
FRESH = False
GOAL = ("ratio", 0.6)
PACKAGES = ("parser",)


def ours():
    from lambda_powertools.parser import envelopes, parse

    return parsing(parse, envelopes.SqsEnvelope)


def original():
    from aws_lambda_powertools.utilities.parser import envelopes, parse

    return parsing(parse, envelopes.SqsEnvelope)


def parsing(parse, envelope):
    from pydantic import BaseModel

    class Order(BaseModel):
        customer: str
        number: int
        note: str | None = None

    batch = event(10)

    def run():
        return parse(event=batch, model=Order, envelope=envelope)

    if [order.number for order in run()] != list(range(10)):
        raise AssertionError(run())
    return run
