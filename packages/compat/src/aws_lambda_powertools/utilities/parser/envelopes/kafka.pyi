# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.envelopes.kafka import *
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.models.kafka import KafkaMskEventModel as KafkaMskEventModel
from lambda_powertools.parser.models.kafka import KafkaSelfManagedEventModel as KafkaSelfManagedEventModel
