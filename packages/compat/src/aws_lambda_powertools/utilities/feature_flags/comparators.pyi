# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.feature_flags.comparators import *
from lambda_powertools.feature_flags.constants import HOUR_MIN_SEPARATOR as HOUR_MIN_SEPARATOR
