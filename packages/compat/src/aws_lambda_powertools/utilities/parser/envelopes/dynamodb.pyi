# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.dynamodb import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.dynamodb import DynamoDBStreamModel as DynamoDBStreamModel
