"""The exceptions of this package.

PowertoolsError
└── PowertoolsTestingError
    ├── ProviderConformanceError (also AssertionError) a provider breaks a rule of its conformance suite
    ├── SegmentsMissingError (also TimeoutError)    fewer segments arrived than were waited for
    └── StoreConformanceError (also AssertionError) a store breaks a clause of its conformance suite
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class PowertoolsTestingError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.testing`."""


class SegmentsMissingError(PowertoolsTestingError, TimeoutError):
    """Fewer segments arrived at an `XRayDaemon` than were waited for."""


class StoreConformanceError(PowertoolsTestingError, AssertionError):
    """A store breaks a clause of its conformance suite; the message begins with the name of the clause."""


class ProviderConformanceError(PowertoolsTestingError, AssertionError):
    """A provider breaks a rule of its conformance suite; the message begins with the name of the rule."""
