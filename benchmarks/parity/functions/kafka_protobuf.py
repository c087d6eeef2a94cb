"""Trades come through Kafka as Protocol Buffers."""

from events import kafka
from google.protobuf.struct_pb2 import Struct
from google.protobuf.wrappers_pb2 import StringValue

from aws_lambda_powertools.utilities.kafka import SchemaConfig, kafka_consumer

MESSAGE = Struct()
MESSAGE.update({"share": "A"})
EVENTS = [kafka(StringValue(value="hello").SerializeToString(), StringValue(value="there").SerializeToString())]


@kafka_consumer(schema_config=SchemaConfig(value_schema_type="PROTOBUF", value_schema=StringValue))
def handler(event, context):
    return [str(record.value) for record in event.records]
