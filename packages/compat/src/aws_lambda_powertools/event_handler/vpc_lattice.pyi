# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.event_handler.vpc_lattice import *
from lambda_powertools.event_handler._sources import ProxyEventType as ProxyEventType
