# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.kafka.deserializer.avro import *
from lambda_powertools.kafka.exceptions import KafkaConsumerAvroSchemaParserError as KafkaConsumerAvroSchemaParserError
