# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.kafka.consumer_records import *
from lambda_powertools.data_classes.common import CaseInsensitiveDict as CaseInsensitiveDict
from lambda_powertools.data_classes.kafka_event import KafkaEventBase as KafkaEventBase
from lambda_powertools.data_classes.kafka_event import KafkaEventRecordBase as KafkaEventRecordBase
from lambda_powertools.data_classes.kafka_event import decode_header_bytes as decode_header_bytes
from lambda_powertools.kafka.serialization.serialization import serialize_to_output_type as serialize_to_output_type
