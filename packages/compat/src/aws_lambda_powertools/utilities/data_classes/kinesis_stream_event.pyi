# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.kinesis_stream_event import *
from lambda_powertools.data_classes.cloud_watch_logs_event import CloudWatchLogsDecodedData as CloudWatchLogsDecodedData
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
