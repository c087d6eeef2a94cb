# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.models.iot_registry_events import *
