"""Helpers that code outside the original library came to use."""

import sys

from aws_lambda_powertools._imports import assemble

assemble(sys.modules[__name__])
