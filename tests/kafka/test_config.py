import pytest

from lambda_powertools.kafka import SchemaConfig
from lambda_powertools.kafka.exceptions import KafkaConsumerMissingSchemaError


@pytest.mark.parametrize("side", ["value", "key"])
@pytest.mark.parametrize("kind", ["AVRO", "PROTOBUF"])
def test_type_that_needs_a_schema(side, kind):
    """KAF-5: a missing schema is an error that names the parameter and the type."""
    with pytest.raises(KafkaConsumerMissingSchemaError, match=f"{side}_schema .*{kind}"):
        SchemaConfig(**{f"{side}_schema_type": kind})


@pytest.mark.parametrize("side", ["value", "key"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"schema_type": "XML"}, "_schema_type is 'XML'; allowed are AVRO, PROTOBUF, JSON"),
        ({"schema_type": "avro"}, "_schema_type is 'avro'"),
        ({"schema_type": "AVRO", "schema": "{}", "schema_wire_format": "OTHER"}, "_schema_wire_format is 'OTHER'"),
        ({"schema_type": "JSON", "schema_wire_format": "CONFLUENT"}, "_schema_wire_format CONFLUENT is for"),
        ({"schema_wire_format": "CONFLUENT"}, "_schema_wire_format CONFLUENT is for"),
        ({"schema_wire_format": "GLUE"}, "_schema_wire_format GLUE needs"),
    ],
)
def test_wrong_options(side, options, message):
    """KAF-6, KAF-7: an unknown type or wire format, or one that does not go with the type, names the parameter."""
    with pytest.raises(ValueError, match=side + message):
        SchemaConfig(**{f"{side}_{name}": value for name, value in options.items()})


@pytest.mark.parametrize("options", [{"on_error": "ignore"}, {"max_decompressed_size": "1"}])
def test_wrong_policies(options):
    """Unknown policies and sizes that are no numbers are refused."""
    with pytest.raises(ValueError, match=next(iter(options))):
        SchemaConfig(**options)


def test_sides_are_independent():
    """KAF-8: types that need no schema, and each side on its own."""
    config = SchemaConfig("JSON", key_schema_type="AVRO", key_schema='"long"', key_schema_wire_format="CONFLUENT")

    assert (config.value_schema_type, config.value_schema, config.key_schema_wire_format) == ("JSON", None, "CONFLUENT")
    assert SchemaConfig().value_schema_type is None
