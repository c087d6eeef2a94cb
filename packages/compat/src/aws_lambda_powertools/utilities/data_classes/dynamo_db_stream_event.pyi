# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.dynamo_db_stream_event import *
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
from lambda_powertools.data_classes.dynamodb_deserializer import TypeDeserializer as TypeDeserializer
