# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics.provider.base import *
from lambda_powertools.metrics.provider.cold_start import reset_cold_start_flag as _reset_cold_start_flag
reset_cold_start_flag_provider = _reset_cold_start_flag
