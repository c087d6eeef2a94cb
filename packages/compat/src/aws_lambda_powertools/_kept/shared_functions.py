"""Small helpers that code outside the original library came to use; what has a new place is forwarded to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import boolean
from lambda_powertools.core.trace_id import trace_id as get_tracer_id
from lambda_powertools.core.typing import is_durable_context

if TYPE_CHECKING:
    from collections.abc import Iterator


def strtobool(value: str) -> bool:
    """Return what a text says: `1 y yes t true on` or `0 n no f false off`, in any case.

    Raises:
        ValueError: it says neither.

    Example:
        >>> strtobool("Yes"), strtobool("off")
        (True, False)
    """
    try:
        return boolean(value)
    except ValueError as failure:
        raise ValueError(f"invalid truth value {value!r}: {failure}") from None


def resolve_truthy_env_var_choice(env: str, choice: bool | None = None) -> bool:
    """Return the choice, or what the text of an environment variable says if none was made.

    Raises:
        ValueError: the text is none that `strtobool` takes.
    """
    return choice if choice is not None else strtobool(env)


def resolve_env_var_choice(
    env: str | None = None, choice: str | float | None = None
) -> str | float | None:  # the value, not the name, of the variable
    """Return the choice, or the value of an environment variable if none was made.

    Example:
        >>> resolve_env_var_choice("orders", None), resolve_env_var_choice("orders", "billing")
        ('orders', 'billing')
    """
    return choice if choice is not None else env


def resolve_max_age(env: str, choice: int | None) -> int:
    """Return the choice, or the number of seconds in the text of an environment variable if none was made.

    Raises:
        ValueError: the text is no whole number.
    """
    return choice if choice is not None else int(env)


def powertools_dev_is_set() -> bool:
    """Return whether `POWERTOOLS_DEV` is on.

    Raises:
        ValueError: the variable holds what is no boolean.
    """
    return strtobool(os.environ.get("POWERTOOLS_DEV") or "0")


def powertools_debug_is_set() -> bool:
    """Return whether `POWERTOOLS_DEBUG` is on.

    Raises:
        ValueError: the variable holds what is no boolean.
    """
    return strtobool(os.environ.get("POWERTOOLS_DEBUG") or "0")


def base64_decode(value: str) -> bytes:
    """Return the bytes of base64 text.

    Raises:
        ValueError: it is no base64.

    Example:
        >>> base64_decode("eA==")
        b'x'
    """
    from base64 import b64decode

    return b64decode(value)


def bytes_to_base64_string(value: bytes) -> str:
    """Return bytes as base64 text.

    Example:
        >>> bytes_to_base64_string(b"x")
        'eA=='
    """
    from binascii import b2a_base64

    return b2a_base64(value, newline=False).decode()


def bytes_to_string(value: bytes) -> str:
    """Return bytes as the text that they are in UTF-8."""
    return value.decode()


def decode_header_bytes(byte_list: Any) -> bytes:
    r"""Return the value of a Kafka header, whose bytes the event has as signed numbers.

    Example:
        >>> decode_header_bytes([104, 105, -1])
        b'hi\xff'
    """
    return bytes(number & 0xFF for number in byte_list)


def slice_dictionary(data: dict[Any, Any], chunk_size: int) -> Iterator[dict[Any, Any]]:
    """Yield a dictionary in parts of at most `chunk_size` items.

    Example:
        >>> list(slice_dictionary({"a": 1, "b": 2, "c": 3}, 2))
        [{'a': 1, 'b': 2}, {'c': 3}]
    """
    items = list(data.items())
    for start in range(0, len(items), chunk_size):
        yield dict(items[start : start + chunk_size])


def is_pydantic(data: Any) -> bool:
    """Return whether a value is a model of pydantic, or a class of such."""
    return callable(getattr(data, "model_dump", None))


def is_dataclass(data: Any) -> bool:
    """Return whether a value is an object of a dataclass, or such a class."""
    return hasattr(data, "__dataclass_fields__")


def pydantic_to_dict(data: Any) -> dict[str, Any]:
    """Return the data of a model of pydantic."""
    dumped: dict[str, Any] = data.model_dump()
    return dumped


def dataclass_to_dict(data: Any) -> dict[str, Any]:
    """Return the data of an object of a dataclass."""
    import dataclasses

    return dataclasses.asdict(data)


def abs_lambda_path(relative_path: str = "") -> str:
    """Return a path below the function's code, `LAMBDA_TASK_ROOT`, or below the working directory outside Lambda.

    Example:
        >>> import os
        >>> os.environ["LAMBDA_TASK_ROOT"] = "/var/task"
        >>> abs_lambda_path("schemas/order.json")
        '/var/task/schemas/order.json'
        >>> del os.environ["LAMBDA_TASK_ROOT"]
    """
    root = os.environ.get("LAMBDA_TASK_ROOT") or os.getcwd()  # noqa: PTH109  # pathlib is not loaded for it
    return os.path.join(root, relative_path) if relative_path else root  # noqa: PTH118  # the same


__all__ = [
    "abs_lambda_path",
    "base64_decode",
    "bytes_to_base64_string",
    "bytes_to_string",
    "dataclass_to_dict",
    "decode_header_bytes",
    "get_tracer_id",
    "is_dataclass",
    "is_durable_context",
    "is_pydantic",
    "powertools_debug_is_set",
    "powertools_dev_is_set",
    "pydantic_to_dict",
    "resolve_env_var_choice",
    "resolve_max_age",
    "resolve_truthy_env_var_choice",
    "slice_dictionary",
    "strtobool",
]
