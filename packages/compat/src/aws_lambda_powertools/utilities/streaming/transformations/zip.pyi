# Made by `hatch run compat-stubs`: change the table of migrations instead.
from lambda_powertools.streaming.transformations.zip import *
from lambda_powertools.streaming.transformations.base import BaseTransform as BaseTransform
