"""The import paths of the original library, answered by the packages of Lambda Powertools, plugin edition.

Nothing is imported before it is asked for; what is asked for is the very object of the package that answers.
"""

from __future__ import annotations

import sys

from aws_lambda_powertools.__about__ import __version__
from aws_lambda_powertools._imports import assemble, install

VERSION = __version__

install(__path__[0])
assemble(sys.modules[__name__])
