# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.kafka.schema_config import *
from lambda_powertools.kafka.exceptions import KafkaConsumerMissingSchemaError as KafkaConsumerMissingSchemaError
