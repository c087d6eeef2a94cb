# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.kafka.deserializer.protobuf import *
from lambda_powertools.kafka.exceptions import KafkaConsumerDeserializationError as KafkaConsumerDeserializationError
