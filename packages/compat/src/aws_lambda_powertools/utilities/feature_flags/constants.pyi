# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.feature_flags.constants import *
