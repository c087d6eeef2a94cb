# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics.provider.base import *
from lambda_powertools.metrics.provider.cold_start import reset_cold_start_flag as reset_cold_start_flag_provider
