"""The import paths of the original library, answered by the packages of Lambda Powertools, plugin edition.

Nothing is imported before it is asked for; what is asked for is the very object of the package that answers.
"""

from __future__ import annotations

import sys

from aws_lambda_powertools._imports import assemble, install
from aws_lambda_powertools.shared.version import VERSION as VERSION
from aws_lambda_powertools.shared.version import __version__ as __version__

install(__path__[0])
assemble(sys.modules[__name__])
