"""Every exception of the data classes.

DataClassesError
├── EmptyEventError (also IndexError)          the first record of an event that has none
├── ResponseResultsError (also ValueError)     a response with fewer or more results than its service requires
├── ArtifactNotFoundError (also ValueError)    a CodePipeline job has no such output artifact
├── InvalidRouteArnError (also ValueError)     what should be the ARN of an API Gateway route is none
├── InvalidPolicyError (also ValueError)       a policy without routes, or of a verb or path that is none
├── EventTypeError (also TypeError)            the event is no mapping, so no data class can be a view of it
├── UnknownAttributeTypeError (also TypeError)    an attribute value of a type that DynamoDB does not have
└── InvalidHomeDirectoryError (also ValueError)    a login of Transfer Family without a home directory
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class DataClassesError(PowertoolsError):
    """Base of the exceptions of this package."""


class EmptyEventError(DataClassesError, IndexError):
    """The first record was asked for, and the event has none."""


class ResponseResultsError(DataClassesError, ValueError):
    """A response has fewer or more results than its service requires."""


class ArtifactNotFoundError(DataClassesError, ValueError):
    """The CodePipeline job has no output artifact of this name."""


class InvalidHomeDirectoryError(DataClassesError, ValueError):
    """A Transfer Family login was built without the home directory that its type requires, or of an unknown type."""


class InvalidRouteArnError(DataClassesError, ValueError):
    """What should be the ARN of an API Gateway route is none."""


class InvalidPolicyError(DataClassesError, ValueError):
    """An authorizer's policy has no routes, or a verb or path that is none."""


class EventTypeError(DataClassesError, TypeError):
    """The event is no mapping, so no data class can be a view of it."""


class UnknownAttributeTypeError(DataClassesError, TypeError):
    """An attribute value is of a type that DynamoDB does not have."""
