"""The exceptions of this package.

PowertoolsError
└── PowertoolsTestingError
    └── SegmentsMissingError (also TimeoutError)   fewer segments arrived than were waited for
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class PowertoolsTestingError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.testing`."""


class SegmentsMissingError(PowertoolsTestingError, TimeoutError):
    """Fewer segments arrived at an `XRayDaemon` than were waited for."""
