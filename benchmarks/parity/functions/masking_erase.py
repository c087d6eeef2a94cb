"""A clinic's records without what is nobody's business."""

from aws_lambda_powertools.utilities.data_masking import DataMasking

PATIENT = {
    "name": "Ann",
    "phone": "+43 1 234",
    "address": [{"street": "Main", "code": "1010"}, {"street": "Side", "code": "8010"}],
    "visits": {"first": {"note": "cold"}, "second": {"note": "fever"}},
}
EVENTS = [
    {"data": PATIENT, "fields": ["name", "address[*].street", "visits.*.note"]},
    {"data": PATIENT, "fields": ["$..code"]},
    {"data": PATIENT, "fields": None},
    {"data": PATIENT, "fields": ["no.such"]},
    {"data": [1, "two", None], "fields": None},
    {"data": "text", "fields": None},
]

masking = DataMasking()


def handler(event, context):
    if event["fields"] is None:
        return masking.erase(event["data"])
    return masking.erase(event["data"], fields=event["fields"])
