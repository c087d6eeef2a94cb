"""The boto3 client of the DynamoDB store: made late, quick to give up, and marked with this package's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.circuit_breaker.__about__ import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

USER_AGENT = f"lambda-powertools-circuit_breaker/{__version__}"

TIMEOUT = 1
"""Seconds to wait for a connection, and for an answer: the protected call waits as long."""

ATTEMPTS = 2


def make_client(session: Any, config: Any, *, is_given: bool) -> Callable[[], Any]:
    """Return what makes the client.

    Raises:
        ImportError: a client is to be made and boto3 is not installed: a circuit goes on without its store, so this
            would never be seen later.
    """
    if session is None and not is_given:
        _check_installed()

    def make() -> Any:
        import boto3
        from botocore.config import Config

        quick = Config(connect_timeout=TIMEOUT, read_timeout=TIMEOUT, retries={"total_max_attempts": ATTEMPTS})
        source = boto3.session.Session() if session is None else session
        return source.client("dynamodb", config=quick if config is None else config)

    return make


def is_failed_condition(error: Exception) -> bool:
    """Return whether a client error says that the condition of a write did not hold."""
    response = getattr(error, "response", None)
    return isinstance(response, dict) and response.get("Error", {}).get("Code") == "ConditionalCheckFailedException"


def _check_installed() -> None:
    from importlib.machinery import PathFinder  # quicker than importing what it finds

    if PathFinder.find_spec("boto3") is None:
        try:
            import boto3  # noqa: F401  # there are other ways to be installed than in a folder of sys.path
        except ImportError as error:
            raise ImportError(
                'the DynamoDB store of circuits needs boto3: pip install "lambda-powertools-circuit-breaker[aws-sdk]"',
                name="boto3",
            ) from error
