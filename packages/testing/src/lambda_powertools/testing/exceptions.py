"""The exceptions of this package.

PowertoolsError
└── PowertoolsTestingError
    ├── ExpectationError (also AssertionError)          what a test expected of a call did not come
    ├── MissingDistributionError (also ImportError)     a helper needs a distribution that is not installed
    ├── MalformedResponseError                          a handler's result is no response to its HTTP front end
    ├── SegmentsMissingError (also TimeoutError)        fewer segments arrived than were waited for
    ├── ProviderConformanceError (also AssertionError)  a provider breaks a rule of its conformance suite
    ├── StoreConformanceError (also AssertionError)     a store breaks a clause of its conformance suite
    └── PluginConformanceError (also AssertionError)    a plugin breaks a rule of the conformance kit
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class PowertoolsTestingError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.testing`."""


class ExpectationError(PowertoolsTestingError, AssertionError):
    """What a test expected of a call did not come; the message shows what came."""


class MissingDistributionError(PowertoolsTestingError, ImportError):
    """A helper needs a distribution that is not installed; the message says how to install it."""


class MalformedResponseError(PowertoolsTestingError):
    """What a handler returned is no response to the front end; says what is wrong, never what it holds."""


class SegmentsMissingError(PowertoolsTestingError, TimeoutError):
    """Fewer segments arrived at an `XRayDaemon` than were waited for."""


class StoreConformanceError(PowertoolsTestingError, AssertionError):
    """A store breaks a clause of its conformance suite; the message begins with the name of the clause."""


class ProviderConformanceError(PowertoolsTestingError, AssertionError):
    """A provider breaks a rule of its conformance suite; the message begins with the name of the rule."""


class PluginConformanceError(PowertoolsTestingError, AssertionError):
    """A plugin breaks a rule of the conformance kit; the message begins with the rule's id and name.

    Attributes:
        rule: name of the rule.
    """

    def __init__(self, message: str, *, rule: str = "") -> None:
        super().__init__(message)
        self.rule = rule
