"""A store in Redis or Valkey."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

from lambda_powertools.idempotency.exceptions import (
    IdempotencyInconsistentStateError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
    IdempotencyPersistenceConfigError,
    IdempotencyPersistenceConnectionError,
    IdempotencyPersistenceConsistencyError,
)
from lambda_powertools.idempotency.persistence._commands import commands_of
from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
from lambda_powertools.idempotency.persistence.datarecord import COMPLETED, INPROGRESS, DataRecord

if TYPE_CHECKING:
    from typing import Literal

_LONGEST_LOCK_SECONDS = 10


class CacheClientProtocol(Protocol):
    """What a client must be able to do; those of redis-py and valkey-py are."""

    def get(self, name: str) -> bytes | str | None:
        """Return the value of a key, None if there is none."""

    def set(self, name: str, value: Any, ex: Any = ..., px: Any = ..., nx: bool = ...) -> bool | None:
        """Set the value of a key; with `nx` only if there is none, else return None."""

    def delete(self, *names: str) -> Any:
        """Delete keys."""


class CacheConnection:
    """How to reach a server."""

    def __init__(
        self,
        url: str = "",
        host: str = "",
        port: int = 6379,
        username: str = "",
        password: str = "",
        db_index: int = 0,
        mode: Literal["standalone", "cluster"] = "standalone",
        ssl: bool = True,
    ) -> None:
        """Take note of the server.

        Args:
            url: `redis://…`, `rediss://…`, `valkey://…` or `valkeys://…`; what follows is ignored then.
            host: its host.
            port: its port.
            username: name of the user.
            password: password of the user.
            db_index: number of the database, for a standalone server.
            mode: whether it is one server or a cluster.
            ssl: whether the connection is encrypted.
        """
        self.url = url
        self.host = host
        self.port = port
        self.username = username
        self.password = password
        self.db_index = db_index
        self.mode = mode
        self.ssl = ssl

    def init_client(self) -> CacheClientProtocol:
        """Return a client.

        Raises:
            IdempotencyPersistenceConfigError: the mode is unknown, or there is neither URL nor host.
            IdempotencyPersistenceConnectionError: the server cannot be reached.
            ImportError: no client library is installed; names the extras that bring one.
        """
        if self.mode not in {"standalone", "cluster"}:
            raise IdempotencyPersistenceConfigError(f"mode is {self.mode!r}: 'standalone' or 'cluster' is expected")
        if not (self.url or self.host):
            raise IdempotencyPersistenceConfigError("neither a client nor a url nor a host is given")
        library = _library("valkey" if self.url.startswith("valkey") else "redis")
        name = "Redis" if hasattr(library, "Redis") else "Valkey"
        client_class = getattr(library, name if self.mode == "standalone" else f"{name}Cluster")
        try:
            if self.url:
                client: CacheClientProtocol = client_class.from_url(url=self.url)
                return client
            database = {"db": self.db_index} if self.mode == "standalone" else {}
            client = client_class(
                host=self.host,
                port=self.port,
                username=self.username or None,
                password=self.password or None,
                ssl=self.ssl,
                decode_responses=True,
                **database,
            )
        except (library.exceptions.ConnectionError, getattr(library.exceptions, f"{name}ClusterException")) as error:
            raise IdempotencyPersistenceConnectionError(
                f"Cannot connect to {self.host or 'the server of the url'}", error
            ) from error
        return client


class CachePersistenceLayer(BasePersistenceLayer):
    """Keeps records in Redis or Valkey, through a client of redis-py, valkey-py or (synchronous) valkey-glide.

    Attributes:
        client: the client; it may be replaced at any time.

    Example:
        >>> from lambda_powertools.idempotency.persistence.cache import CachePersistenceLayer
        >>> class Client:  # stands for a redis.Redis or valkey.Valkey
        ...     def get(self, name): ...
        ...     def set(self, name, value, ex=None, px=None, nx=False): ...
        ...     def delete(self, *names): ...
        >>> layer = CachePersistenceLayer(client=Client())
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        url: str = "",
        host: str = "",
        port: int = 6379,
        username: str = "",
        password: str = "",
        db_index: int = 0,
        mode: Literal["standalone", "cluster"] = "standalone",
        ssl: bool = True,
        client: CacheClientProtocol | None = None,
        in_progress_expiry_attr: str = "in_progress_expiration",
        expiry_attr: str = "expiration",
        status_attr: str = "status",
        data_attr: str = "data",
        validation_key_attr: str = "validation",
    ) -> None:
        """Make a client, unless one is given.

        Args:
            url: as for `CacheConnection`.
            host: as for `CacheConnection`.
            port: as for `CacheConnection`.
            username: as for `CacheConnection`.
            password: as for `CacheConnection`.
            db_index: as for `CacheConnection`.
            mode: as for `CacheConnection`.
            ssl: as for `CacheConnection`.
            client: the client; all of the above is ignored then.
            in_progress_expiry_attr: member for when a call that has not ended counts as dead, in Unix milliseconds.
            expiry_attr: member for when a record ends to count, in Unix seconds.
            status_attr: member for the status.
            data_attr: member for the result.
            validation_key_attr: member for the hash of the payload.

        Raises:
            IdempotencyPersistenceConfigError: the mode is unknown, nothing says where the server is, or the client is
                an asynchronous one.
            IdempotencyPersistenceConnectionError: the server cannot be reached.
            ImportError: no client library is installed.
        """
        if client is None:
            client = CacheConnection(url, host, port, username, password, db_index, mode, ssl).init_client()
        self.client = client
        self.in_progress_expiry_attr = in_progress_expiry_attr
        self.expiry_attr = expiry_attr
        self.status_attr = status_attr
        self.data_attr = data_attr
        self.validation_key_attr = validation_key_attr

    @property
    def client(self) -> CacheClientProtocol:
        """The client."""
        return self._client

    @client.setter
    def client(self, client: CacheClientProtocol) -> None:
        module = type(client).__module__
        if "asyncio" in module or module.startswith("glide."):
            raise IdempotencyPersistenceConfigError(
                f"{module}.{type(client).__qualname__} is asynchronous: give a synchronous client, its calls run in a "
                "thread where the function is asynchronous"
            )
        self._client = client
        self._commands = commands_of(client)

    def _get_record(self, idempotency_key: str) -> DataRecord:
        value = self._commands.get(idempotency_key)
        if value is None:
            raise IdempotencyItemNotFoundError(f"no value of {idempotency_key}")
        record = self._decode(idempotency_key, value)
        if record is None:
            raise IdempotencyPersistenceConsistencyError(f"the value of {idempotency_key} is no record")
        return record

    def _put_record(self, data_record: DataRecord) -> None:
        if data_record._status != INPROGRESS:  # noqa: SLF001  # as it is to be stored, whatever the time
            raise NotImplementedError(f"a record is put to claim its key, so its status is INPROGRESS: {data_record}")
        key = data_record.idempotency_key
        value, seconds = self._encode(data_record), _time_to_live(data_record)
        if self._commands.set(name=key, value=value, ex=seconds, nx=True):
            return
        orphan = self._orphan(key)
        # Whoever gets the lock may take the orphan over. It is left to expire: releasing it would let in one who has
        # seen the orphan, but not the record that took its place.
        lock_seconds = max(1, min(_LONGEST_LOCK_SECONDS, int(self.expires_after_seconds)))
        if not self._commands.set(name=f"{key}:lock", value="1", ex=lock_seconds, nx=True):
            raise IdempotencyItemAlreadyExistsError(f"another call is taking over {key}")
        if self._orphan(key) != orphan:
            raise IdempotencyInconsistentStateError(f"the orphan of {key} changed while it was taken over")
        self._commands.set(name=key, value=value, ex=seconds)

    def _update_record(self, data_record: DataRecord) -> None:
        self._commands.set(
            name=data_record.idempotency_key, value=self._encode(data_record), ex=_time_to_live(data_record)
        )

    def _delete_record(self, data_record: DataRecord) -> None:
        self._commands.delete(data_record.idempotency_key)

    def _orphan(self, key: str) -> bytes | str:
        """Return the value of a key if it no longer counts, else refuse the claim."""
        value = self._commands.get(key)
        if value is None:
            raise IdempotencyInconsistentStateError(f"the value of {key} vanished after it had refused a claim")
        record = self._decode(key, value)
        if record is not None and _is_live(record):
            raise IdempotencyItemAlreadyExistsError(old_data_record=record)
        return value

    def _encode(self, record: DataRecord) -> str:
        import json

        members: dict[str, Any] = {
            self.status_attr: record._status,  # noqa: SLF001  # as it is stored, whatever the time
            self.expiry_attr: record.expiry_timestamp,
        }
        if record.in_progress_expiry_timestamp is not None:
            members[self.in_progress_expiry_attr] = record.in_progress_expiry_timestamp
        if record.response_data:
            members[self.data_attr] = record.response_data
        if record.payload_hash:
            members[self.validation_key_attr] = record.payload_hash
        return json.dumps(members)

    def _decode(self, key: str, value: bytes | str) -> DataRecord | None:
        """Return the record in a value, None if it holds none."""
        import json

        try:
            members = json.loads(value)
            return DataRecord(
                idempotency_key=key,
                status=members[self.status_attr],
                expiry_timestamp=members.get(self.expiry_attr),
                in_progress_expiry_timestamp=members.get(self.in_progress_expiry_attr),
                response_data=members.get(self.data_attr) or "",
                payload_hash=members.get(self.validation_key_attr) or "",
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            return None


def _is_live(record: DataRecord) -> bool:
    if record.is_expired:
        return False
    expiry = record.in_progress_expiry_timestamp
    status = record._status  # noqa: SLF001  # an unknown one is no record
    return status == COMPLETED or (status == INPROGRESS and (expiry is None or expiry >= int(time.time() * 1000)))


def _time_to_live(record: DataRecord) -> int:
    """Return the seconds until a record expires, at least the one second that servers ask for."""
    return max(1, (record.expiry_timestamp or 0) - int(time.time()))


def _library(preferred: str) -> Any:
    from importlib import import_module

    for name in (preferred, "valkey" if preferred == "redis" else "redis"):
        try:
            library = import_module(name)
            import_module(f"{name}.exceptions")
        except ImportError:
            continue
        return library
    raise ImportError(
        "a client library is needed for this store: pip install 'lambda-powertools-idempotency[redis]', or [valkey]"
    )
