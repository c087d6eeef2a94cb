# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.models.s3_event_notification import *
from lambda_powertools.parser.models.s3 import S3Model as S3Model
from lambda_powertools.parser.models.sqs import SqsModel as SqsModel
from lambda_powertools.parser.models.sqs import SqsRecordModel as SqsRecordModel
