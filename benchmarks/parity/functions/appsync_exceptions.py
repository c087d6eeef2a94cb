"""A garden's GraphQL API answers an exception of its own."""

from events import appsync

from aws_lambda_powertools.event_handler import AppSyncResolver

EVENTS = [appsync("Query", "bed", {"row": "9"}), appsync("Query", "bed", {"row": "1"}), appsync("Query", "gate")]

app = AppSyncResolver()


class NoSuchBedError(Exception):
    pass


@app.exception_handler(NoSuchBedError)
def no_bed(error):
    return {"message": str(error), "code": "NO_BED"}


@app.resolver(type_name="Query", field_name="bed")
def bed(row):
    if row == "9":
        raise NoSuchBedError("no row 9")
    return {"row": row}


@app.resolver(type_name="Query", field_name="gate")
def gate():
    raise RuntimeError("the gate is closed")


def handler(event, context):
    return app.resolve(event, context)
