"""The exceptions of this package.

PowertoolsError
└── PowertoolsTestingError
    ├── MalformedResponseError                      a handler's result is no response to its HTTP front end
    ├── SegmentsMissingError (also TimeoutError)    fewer segments arrived than were waited for
    └── StoreConformanceError (also AssertionError) a store breaks a clause of its conformance suite
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class PowertoolsTestingError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.testing`."""


class MalformedResponseError(PowertoolsTestingError):
    """What a handler returned is no response to the front end; says what is wrong, never what it holds."""


class SegmentsMissingError(PowertoolsTestingError, TimeoutError):
    """Fewer segments arrived at an `XRayDaemon` than were waited for."""


class StoreConformanceError(PowertoolsTestingError, AssertionError):
    """A store breaks a clause of its conformance suite; the message begins with the name of the clause."""
