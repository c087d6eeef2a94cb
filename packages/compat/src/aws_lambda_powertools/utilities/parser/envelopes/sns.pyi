# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.sns import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.sns import SnsModel as SnsModel
from lambda_powertools.parser.models.sns import SnsNotificationModel as SnsNotificationModel
from lambda_powertools.parser.models.sqs import SqsModel as SqsModel
