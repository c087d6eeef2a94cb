# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_classes.sqs_event import *
from lambda_powertools.data_classes._wrapper import DictWrapper as DictWrapper
from lambda_powertools.data_classes.s3_event import S3Event as S3Event
from lambda_powertools.data_classes.sns_event import SNSMessage as SNSMessage
