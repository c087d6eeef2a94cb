"""Real bytes, written by the official libraries, in events as Lambda sends them."""

from __future__ import annotations

import base64
import io

import avro.io
import avro.schema
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ORDER = """{"type": "record", "name": "Order", "fields": [
    {"name": "id", "type": "long"}, {"name": "note", "type": ["null", "string"], "default": null}]}"""


def encode(payload):
    return base64.b64encode(payload).decode()


def write_avro(data, schema=ORDER):
    parsed = avro.schema.parse(schema)
    stream = io.BytesIO()
    avro.io.DatumWriter(parsed).write(data, avro.io.BinaryEncoder(stream))
    return stream.getvalue()


def make_messages():
    """Return the message classes `Order` and `Line` of a Protobuf file, made as protoc would."""
    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="shop.proto", package="shop", syntax="proto3")
    colour = file.enum_type.add(name="Colour")
    colour.value.add(name="NONE", number=0)
    colour.value.add(name="RED", number=1)
    order = file.message_type.add(name="Order")
    kinds = {
        "order_id": field.TYPE_INT64,
        "count": field.TYPE_INT32,
        "raw": field.TYPE_BYTES,
        "note": field.TYPE_STRING,
    }
    for number, (name, kind) in enumerate(kinds.items(), 1):
        order.field.add(name=name, number=number, type=kind, label=field.LABEL_OPTIONAL)
    order.field.add(name="colour", number=5, type=field.TYPE_ENUM, type_name=".shop.Colour", label=field.LABEL_OPTIONAL)
    line = file.message_type.add(name="Line")
    line.field.add(name="sku", number=1, type=field.TYPE_STRING, label=field.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return [message_factory.GetMessageClass(pool.FindMessageTypeByName(f"shop.{name}")) for name in ("Order", "Line")]


Order, Line = make_messages()


def make_record(value=b"hi", *, key=None, **fields):
    record = {
        "topic": "orders",
        "partition": 0,
        "offset": 15,
        "timestamp": 1_545_084_650_987,
        "timestampType": "CREATE_TIME",
        "value": encode(value) if isinstance(value, bytes) else value,
        "headers": [{"Trace-Id": [97, -61, -92]}, {"trace-id": [98]}],
    }
    if key is not None:
        record["key"] = encode(key)
    return record | fields


def make_event(*values, **fields):
    records = [value if isinstance(value, dict) else make_record(value) for value in values]
    return {
        "eventSource": "aws:kafka",
        "eventSourceArn": "arn:aws:kafka:us-east-1:0123456789019:cluster/SalesCluster/abcd1234",
        "bootstrapServers": "b-1.example.com:9092,b-2.example.com:9092",
        "records": {"orders-0": records},
    } | fields


class Tools:
    """What the tests build their events with."""

    schema = ORDER
    Order = Order
    Line = Line
    encode = staticmethod(encode)
    avro = staticmethod(write_avro)
    record = staticmethod(make_record)
    event = staticmethod(make_event)


@pytest.fixture
def kafka():
    return Tools
