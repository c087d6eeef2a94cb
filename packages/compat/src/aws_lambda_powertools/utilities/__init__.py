"""The parent of most packages of the original library."""

import sys

from aws_lambda_powertools._imports import assemble

assemble(sys.modules[__name__])
