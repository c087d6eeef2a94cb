"""boto3 clients: made when first needed, one at a time, and marked with this package's name."""

from __future__ import annotations

import threading
from typing import Any

from lambda_powertools.core.aws import mark_user_agent
from lambda_powertools.parameters.__about__ import __version__
from lambda_powertools.parameters.exceptions import ParametersDependencyError

USER_AGENT = f"lambda-powertools-parameters/{__version__}"

# One for the process: boto3's default session is not made for threads.
_creation = threading.RLock()


class ClientFactory:
    """How a provider comes by its client or resource.

    Args:
        service: name of the AWS service.
        given: a client that is already there; wins over the session.
        session: the boto3 session to take it from, a new one without.
        config: the botocore config to make it with.
        kind: `"client"` or `"resource"`.
        options: further arguments for making it.
    """

    def __init__(
        self,
        service: str,
        *,
        given: Any = None,
        session: Any = None,
        config: Any = None,
        kind: str = "client",
        options: dict[str, Any] | None = None,
    ) -> None:
        self.service = service
        self.session = session
        self.config = config
        self.kind = kind
        self.options = options or {}
        self.user_agent = USER_AGENT
        self._made = given
        self._is_marked = False

    @property
    def value(self) -> Any:
        """The client or resource, made now if it is not there yet.

        Raises:
            ParametersDependencyError: boto3 is not installed.
        """
        if self._is_marked:
            return self._made
        with _creation:
            if self._made is None:
                self._made = self._make()
            if not self._is_marked:
                mark_user_agent(self._made, self.user_agent)
                self._is_marked = True
            return self._made

    @value.setter
    def value(self, client: Any) -> None:
        self._made, self._is_marked = client, False

    def _make(self) -> Any:
        session = self.session
        if session is None:
            try:
                import boto3
            except ImportError as error:
                raise ParametersDependencyError(
                    f"boto3 is needed to talk to {self.service} and is not installed: "
                    'pip install "lambda-powertools-parameters[aws-sdk]"'
                ) from error
            session = boto3.session.Session()
        return getattr(session, self.kind)(self.service, config=self.config, **self.options)


def choose_config(config: Any, boto_config: Any, provider: type) -> Any:
    """Return the botocore config to use; warn whoever makes the provider of the name that goes away."""
    if config is not None:
        import sys
        import warnings

        from lambda_powertools.core.warnings import PowertoolsDeprecationWarning

        frame, level = sys._getframe(1), 2  # noqa: SLF001  # constructors of subclasses stand in between
        while frame.f_back is not None and frame.f_code.co_name == "__init__":
            frame, level = frame.f_back, level + 1
        message = f"the parameter config of {provider.__name__} is deprecated: use boto_config"
        warnings.warn(message, PowertoolsDeprecationWarning, stacklevel=level)
    return config if boto_config is None else boto_config
