# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_masking.base import *
from lambda_powertools.data_masking.provider.base import BaseProvider as BaseProvider
from lambda_powertools.data_masking.exceptions import DataMaskingUnsupportedTypeError as DataMaskingUnsupportedTypeError
