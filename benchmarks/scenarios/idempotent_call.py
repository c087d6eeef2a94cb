from scenarios._http import CONTEXT

TITLE = "Idempotent call"
WHAT = "the first execution of a handler for a key, with a store in memory: a claim and a completion"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("jmespath", "idempotency")


def ours():
    from lambda_powertools import idempotency
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer, DataRecord

    return calling(idempotency, BasePersistenceLayer, DataRecord)


def original():
    from aws_lambda_powertools.utilities import idempotency
    from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer, DataRecord

    return calling(idempotency, BasePersistenceLayer, DataRecord)


def calling(idempotency, base, record_class):
    class MemoryLayer(base):
        def __init__(self):
            super().__init__()
            self.records = {}

        def _get_record(self, idempotency_key):
            status, expiry, data = self.records[idempotency_key]
            return record_class(idempotency_key, status=status, expiry_timestamp=expiry, response_data=data)

        def _put_record(self, data_record):
            self.records[data_record.idempotency_key] = (data_record.status, data_record.expiry_timestamp, None)

        def _update_record(self, data_record):
            del self.records[data_record.idempotency_key]  # what is kept for all calls would grow without end

        def _delete_record(self, data_record):
            del self.records[data_record.idempotency_key]

    config = idempotency.IdempotencyConfig(event_key_jmespath="id")

    @idempotency.idempotent(config=config, persistence_store=MemoryLayer())
    def handler(event, context):
        return {"statusCode": 201}

    number = 0

    def call():
        nonlocal number
        number += 1
        handler({"id": number, "customer": "c-42"}, CONTEXT)

    return call
