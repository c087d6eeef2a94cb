# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.streaming._s3_seekable_io import *
