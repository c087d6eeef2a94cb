# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parameters.base import *
from lambda_powertools.parameters._settings import resolve_max_age as resolve_max_age
