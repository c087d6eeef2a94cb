# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.feature_flags.feature_flags import *
from lambda_powertools.feature_flags._errors import ConfigurationStoreError as ConfigurationStoreError
