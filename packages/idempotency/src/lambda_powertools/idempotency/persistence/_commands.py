"""The three commands of a cache that are used, for the clients that call them differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:

    class Commands(Protocol):
        """What a cache layer calls."""

        def get(self, name: str) -> bytes | str | None:
            """Return the value of a key, None if there is none."""

        def set(self, name: str, value: str, *, ex: int, nx: bool = False) -> Any:
            """Set a value that expires after `ex` seconds; with `nx` only if there is none. Falsy if it was not set."""

        def delete(self, name: str) -> Any:
            """Delete a key."""


def commands_of(client: Any) -> Commands:
    """Return the commands of a client of redis-py, valkey-py or valkey-glide, or of what has the methods of these."""
    if type(client).__module__.partition(".")[0] in {"glide", "glide_sync", "glide_shared"}:
        return _Glide(client)
    return cast("Commands", client)


class _Glide:
    """A synchronous client of valkey-glide, whose options are objects and whose `delete` takes a list."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def get(self, name: str) -> Any:
        return self._client.get(name)

    def set(self, name: str, value: str, *, ex: int, nx: bool = False) -> Any:
        return self._client.custom_command(["SET", name, value, "EX", str(ex), *(["NX"] if nx else [])])

    def delete(self, name: str) -> Any:
        return self._client.delete([name])
