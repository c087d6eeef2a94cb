"""The state of circuits in Redis or Valkey: one hash for each, every write one atomic script."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.circuit_breaker._clock import now
from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError
from lambda_powertools.circuit_breaker.persistence.base import (
    RETENTION,
    CircuitBreakerExistingLockError,
    CircuitBreakerPersistenceLayer,
)
from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord
from lambda_powertools.circuit_breaker.states import CircuitState

if TYPE_CHECKING:
    from typing import Literal

TIMEOUT = 1
"""Seconds to wait for a connection, and for an answer: the protected call waits as long."""

_WRITE = """
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, first))
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1
"""

_PUT = f"local first = 2{_WRITE}"

_ELECT = f"""
local state, opened_at, owner, lease = unpack(redis.call(
  'HMGET', KEYS[1], 'state', 'opened_at', 'half_open_owner', 'probe_lease_expiry'))
local free = false
if state == 'OPEN' then
  free = not owner and (opened_at or '') == ARGV[3]
elseif state == 'HALF_OPEN' then
  free = not lease or tonumber(lease) <= tonumber(ARGV[2])
end
if not free then return 0 end
local first = 4{_WRITE}"""

_RENEW = """
local state, owner = unpack(redis.call('HMGET', KEYS[1], 'state', 'half_open_owner'))
if state ~= 'HALF_OPEN' or owner ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'probe_lease_expiry', ARGV[3], 'expiration', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1
"""


class CircuitBreakerRedisPersistence(CircuitBreakerPersistenceLayer):
    """Keeps one hash for each circuit, which all execution environments share.

    The client library is imported, and the connection made, at the first use. Scripts run atomically on the server:
    https://redis.io/docs/latest/develop/programmability/eval-intro/

    Args:
        url: where the server is, `rediss://user:password@host:port/db`; wins over the other parts of an address.
        host: its host.
        port: its port.
        username: user to log in as.
        password: the user's password.
        db_index: number of the database, in mode `"standalone"`.
        mode: `"standalone"`, or `"cluster"` for a cluster.
        ssl: whether the connection is encrypted.
        client: a client to use instead: of redis-py, valkey-py or valkey-glide (sync).
        key_prefix: what the keys begin with; the circuit's name follows.

    Attributes:
        client: the client; may be replaced at any time.

    Raises:
        CircuitBreakerConfigError: neither client, url nor host is given, or the mode is unknown.
        ImportError: redis-py is needed and not installed.

    Example:
        >>> store = CircuitBreakerRedisPersistence(host="circuits.internal")
        >>> store.key_prefix
        'circuit_breaker#'
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the parts of an address
        self,
        url: str = "",
        host: str = "",
        port: int = 6379,
        username: str = "",
        password: str = "",
        db_index: int = 0,
        mode: Literal["standalone", "cluster"] = "standalone",
        ssl: bool = True,
        client: Any = None,
        key_prefix: str = "circuit_breaker#",
    ) -> None:
        if client is None and not url and not host:
            raise CircuitBreakerConfigError("where the Redis server is, is not known: give client, url or host")
        if mode not in {"standalone", "cluster"}:
            raise CircuitBreakerConfigError(f"mode is {mode!r}: 'standalone' or 'cluster' is expected")
        if client is None:
            _check_installed()
        self.key_prefix = key_prefix
        self._url = url
        self._mode = mode
        self._address: dict[str, Any] = {"host": host, "port": port, "ssl": ssl}
        if username or password:
            self._address.update(username=username or None, password=password or None)
        if mode == "standalone":
            self._address["db"] = db_index
        self._client = client
        self._client_lock = threading.Lock()

    @property
    def client(self) -> Any:
        """The client, made at the first use."""
        if self._client is None:
            with self._client_lock:
                if self._client is None:
                    self._client = self._make_client()
        return self._client

    @client.setter
    def client(self, client: Any) -> None:
        self._client = client

    def _make_client(self) -> Any:
        import redis

        options: dict[str, Any] = {"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT}
        make: Any = redis.RedisCluster
        if self._mode == "standalone":
            from redis.backoff import NoBackoff
            from redis.retry import Retry

            make = redis.Redis
            options["retry"] = Retry(NoBackoff(), 1)  # waiting longer between attempts is the caller's time
        return make.from_url(self._url, **options) if self._url else make(**self._address, **options)

    def _command(self, *parts: Any) -> Any:
        client = self.client
        execute = getattr(client, "execute_command", None)
        return client.custom_command([str(part) for part in parts]) if execute is None else execute(*parts)

    def _run(self, script: str, name: str, *values: Any) -> bool:
        return bool(self._command("EVAL", script, 1, self.key_prefix + name, *values))

    def _get_record(self, name: str) -> CircuitStateRecord | None:
        stored = {_text(field): _text(value) for field, value in self._fields(name)}
        return _from_fields(name, stored) if stored else None

    def _fields(self, name: str) -> Any:
        answer = self._command("HGETALL", self.key_prefix + name) or {}
        return answer.items() if isinstance(answer, dict) else zip(answer[::2], answer[1::2], strict=True)

    def _put_record(
        self, record: CircuitStateRecord, condition: str | None = None, expected_opened_at: int | None = None
    ) -> None:
        fields = _to_fields(record)
        if condition is None:
            self._run(_PUT, record.name, _seconds_to_live(record), *fields)
            return
        expected = "" if expected_opened_at is None else expected_opened_at
        if not self._run(_ELECT, record.name, _seconds_to_live(record), now(), expected, *fields):
            raise CircuitBreakerExistingLockError(
                f"circuit {record.name!r} is probed by another worker, or has changed"
            )

    def _update_record(self, record: CircuitStateRecord) -> None:
        # The record of a closed or reopened circuit has no owner and no lease, and takes the place of all there is.
        self._put_record(record)

    def _renew_lease(self, record: CircuitStateRecord) -> bool:
        values = (record.half_open_owner, record.probe_lease_expiry, record.expiry_timestamp)
        if not self._run(_RENEW, record.name, _seconds_to_live(record), *values):
            raise CircuitBreakerExistingLockError(f"circuit {record.name!r} is no longer probed by this worker")
        return True


def _seconds_to_live(record: CircuitStateRecord) -> int:
    """Return how long the server keeps the record: a time span, as its clock may be another."""
    return RETENTION if record.expiry_timestamp is None else max(1, record.expiry_timestamp - now())


def _to_fields(record: CircuitStateRecord) -> list[str]:
    values = {
        "state": record.state.value,
        "failure_count": record.failure_count,
        "opened_at": record.opened_at,
        "half_open_owner": record.half_open_owner,
        "probe_lease_expiry": record.probe_lease_expiry,
        "expiration": record.expiry_timestamp,
    }
    return [str(part) for pair in values.items() if pair[1] is not None for part in pair]


def _from_fields(name: str, fields: dict[str, str]) -> CircuitStateRecord:
    def number(field: str) -> int | None:
        return int(fields[field]) if field in fields else None

    return CircuitStateRecord(
        name,
        CircuitState(fields["state"]),
        failure_count=number("failure_count") or 0,
        opened_at=number("opened_at"),
        half_open_owner=fields.get("half_open_owner"),
        probe_lease_expiry=number("probe_lease_expiry"),
        expiry_timestamp=number("expiration"),
    )


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _check_installed() -> None:
    from importlib.machinery import PathFinder  # quicker than importing what it finds

    if PathFinder.find_spec("redis") is None:
        try:
            import redis  # noqa: F401  # there are other ways to be installed than in a folder of sys.path
        except ImportError as error:
            raise ImportError(
                'the Redis store of circuits needs redis: pip install "lambda-powertools-circuit-breaker[redis]", '
                "or give it a client",
                name="redis",
            ) from error
