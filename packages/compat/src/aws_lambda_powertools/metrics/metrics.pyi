# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.metrics.metrics import *
