# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.data_masking.provider.kms import *
