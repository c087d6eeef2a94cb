# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.kafka.serialization.dataclass import *
from lambda_powertools.kafka.serialization.base import OutputSerializerBase as OutputSerializerBase
