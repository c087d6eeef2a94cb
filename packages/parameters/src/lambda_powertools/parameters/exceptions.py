"""Every exception of this package.

ParametersError
├── GetParameterError                               a parameter could not be fetched; the cause is chained
│   └── GetSecretError                              a secret could not be fetched
├── TransformParameterError                         a value could not be decoded
├── SetParameterError                               a parameter could not be written
├── SetSecretError                                  a secret could not be written
├── ParameterSourceError (also ValueError)          a source such as `ssm:/name` cannot be understood
├── ProviderSetupError (also AttributeError)        a provider was used before `BaseProvider.__init__` ran
└── ParametersDependencyError (also ImportError)    boto3 is not installed
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class ParametersError(PowertoolsError):
    """Base of every exception of this package."""


class GetParameterError(ParametersError):
    """A parameter could not be fetched; the service's own exception is the cause."""


class GetSecretError(GetParameterError):
    """A secret could not be fetched; the service's own exception is the cause, where there is one."""


class TransformParameterError(ParametersError):
    """A value could not be decoded, or the transform is unknown; the message never holds the value."""


class SetParameterError(ParametersError):
    """A parameter could not be written; the service's own exception is the cause."""


class SetSecretError(ParametersError):
    """A secret could not be written; the service's own exception is the cause."""


class ParameterSourceError(ParametersError, ValueError):
    """A source such as `ssm:/name?max_age=60` cannot be understood; the message names the source and the mend."""


class ProviderSetupError(ParametersError, AttributeError):
    """A provider was used that never ran `BaseProvider.__init__`, so it has no cache."""


class ParametersDependencyError(ParametersError, ImportError):
    """boto3 is needed and is not installed; the message says what to install."""
