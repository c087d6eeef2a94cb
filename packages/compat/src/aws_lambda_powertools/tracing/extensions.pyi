# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.tracer import aiohttp_trace_config as aiohttp_trace_config
