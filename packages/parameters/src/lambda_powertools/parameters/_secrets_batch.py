"""Several secrets in one call.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters.exceptions import GetSecretError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_NAMES = 20
_SUFFIX_LENGTH = 7  # of an ARN: a dash and six random characters


def fetch_batch(client: Any, names: list[str], options: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the secrets that exist, by the names they were asked for.

    Raises:
        GetSecretError: none of them exists, or one may not be read.
    """
    found: dict[str, Any] = {}
    for page in _pages(client, names, options):
        for error in page.get("Errors") or ():
            _check(error, names)
        for secret in page.get("SecretValues") or ():
            value = secret["SecretString"] if "SecretString" in secret else secret.get("SecretBinary")
            for name in _asked_names(secret, names):
                found[name] = value
    if not found:
        raise GetSecretError(f"none of these secrets exists: {', '.join(names)}")
    return found


def _pages(client: Any, names: list[str], options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    filters = options.get("Filters")
    rest = {key: value for key, value in options.items() if key not in {"Filters", "NextToken", "SecretIdList"}}
    for start in range(0, len(names), MAX_NAMES if not filters else _FILTER_VALUES):
        if filters:
            # The service takes a list of names or filters, not both; its filter of names matches beginnings.
            chunk = names[start : start + _FILTER_VALUES]
            own = [one for one in filters if one.get("Key") != "name"]
            request = {**rest, "Filters": [*own, {"Key": "name", "Values": [_plain(name) for name in chunk]}]}
        else:
            request = {**rest, "SecretIdList": names[start : start + MAX_NAMES]}
        while True:
            page = client.batch_get_secret_value(**request)
            yield page
            token = page.get("NextToken")
            if not token:
                break
            request = {**request, "NextToken": token}


_FILTER_VALUES = 10
"""Values in one filter: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html"""


def _plain(name: str) -> str:
    """Return the name in an ARN, without the random end."""
    if not name.startswith("arn:"):
        return name
    last = name.rpartition(":secret:")[2]
    return last[:-_SUFFIX_LENGTH] if last[-_SUFFIX_LENGTH : -_SUFFIX_LENGTH + 1] == "-" else last


def _asked_names(secret: dict[str, Any], names: list[str]) -> list[str]:
    arn = secret.get("ARN") or ""
    known = {secret.get("Name"), arn, arn[:-_SUFFIX_LENGTH]} - {None, ""}
    return [name for name in names if name in known]


def _check(error: dict[str, Any], names: list[str]) -> None:
    name, code = error.get("SecretId"), error.get("ErrorCode") or "unknown error"
    if code != "ResourceNotFoundException" and (name in names or name is None):
        message = error.get("Message")
        raise GetSecretError(f"secret {name!r} cannot be fetched: {code}{f': {message}' if message else ''}")
