# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.models.kinesis_firehose_sqs import *
from lambda_powertools.parser.models.kinesis_firehose import KinesisFirehoseRecordMetadata as KinesisFirehoseRecordMetadata
from lambda_powertools.parser.models.sqs import SqsRecordModel as SqsRecordModel
