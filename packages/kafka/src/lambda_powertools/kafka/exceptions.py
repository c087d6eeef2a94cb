"""The exceptions of this package.

PowertoolsError
└── KafkaConsumerError                               base of all below
    ├── KafkaConsumerSchemaConfigError (also ValueError)  an option of SchemaConfig holds what it may not
    ├── KafkaConsumerMissingSchemaError              a schema type is configured without its schema
    ├── KafkaConsumerMissingLibraryError (also ImportError)  the library of a format is not installed
    ├── KafkaConsumerEventError (also TypeError)     the event is no batch of records
    ├── KafkaConsumerAvroSchemaParserError           an Avro schema is invalid
    ├── KafkaConsumerDeserializationFormatMismatch   a record says that it has another format
    ├── KafkaConsumerDeserializationError            a key or value cannot be decoded
    └── KafkaConsumerOutputSerializerError           a key or value cannot be converted to its output type
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class KafkaConsumerError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.kafka`."""


class KafkaConsumerSchemaConfigError(KafkaConsumerError, ValueError):
    """An option of `SchemaConfig` holds a value it may not have; the message names it and what is allowed."""


class KafkaConsumerMissingSchemaError(KafkaConsumerError):
    """A schema type that needs a schema is configured without one; the message names the parameter."""


class KafkaConsumerMissingLibraryError(KafkaConsumerError, ImportError):
    """The library that reads a format is not installed; the message says how to install it."""


class KafkaConsumerEventError(KafkaConsumerError, TypeError):
    """The event, or what it holds as records, has not the form of a batch of Kafka records."""


class KafkaConsumerAvroSchemaParserError(KafkaConsumerError):
    """An Avro schema is invalid; the cause is chained."""


class KafkaConsumerDeserializationFormatMismatch(KafkaConsumerError):  # noqa: N818  # the name that users know
    """The schema registry says that a record has another format than the one that is configured."""


class KafkaConsumerDeserializationError(KafkaConsumerError):
    """A key or value cannot be decoded; the cause is chained."""


class KafkaConsumerOutputSerializerError(KafkaConsumerError):
    """A decoded key or value cannot be converted to its output type; the cause is chained."""
