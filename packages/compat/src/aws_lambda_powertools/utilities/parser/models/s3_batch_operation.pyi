# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.parser.models.s3_batch_operation import *
