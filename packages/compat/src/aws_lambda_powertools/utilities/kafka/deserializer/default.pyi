# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.kafka.deserializer.default import *
from lambda_powertools.kafka.deserializer.base import DeserializerBase as DeserializerBase
