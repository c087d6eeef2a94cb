"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, PluginOptionsError, Setting, hookimpl
from lambda_powertools.core.settings import text

if TYPE_CHECKING:
    from typing import Literal

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.idempotency._call import IdempotentCall
    from lambda_powertools.idempotency._engine import Engine
    from lambda_powertools.idempotency.config import IdempotencyConfig
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer

TABLE: Setting[str | None] = Setting("POWERTOOLS_IDEMPOTENCY_TABLE", None, text)
"""DynamoDB table of the idempotency plugin where no store is given."""

_CALL = "idempotency.call"


class IdempotencyOptions:
    """What `@powertools(idempotency={…})` may name; a config or a layer is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.idempotency import EmbeddedPersistenceLayer, IdempotencyConfig
        >>> from lambda_powertools.idempotency.plugin import IdempotencyPlugin
        >>> registry = Registry()
        >>> registry.register(IdempotencyPlugin)
        >>> config = IdempotencyConfig(event_key_jmespath="order_id", in_progress_expires_after_seconds=30)
        >>> store = EmbeddedPersistenceLayer()
        >>> @powertools(registry=registry, idempotency={"persistence_store": store, "config": config})
        ... def handler(event, context):
        ...     print("charging")
        ...     return {"statusCode": 201}
        >>> handler({"order_id": 7}, None)
        charging
        {'statusCode': 201}
        >>> handler({"order_id": 7}, None)
        {'statusCode': 201}
    """

    def __init__(
        self,
        *,
        persistence_store: BasePersistenceLayer | None = None,
        config: IdempotencyConfig | None = None,
        key_prefix: str | None = None,
    ) -> None:
        """Keep the options.

        Args:
            persistence_store: where results are stored; without it the DynamoDB table that
                `POWERTOOLS_IDEMPOTENCY_TABLE` names.
            config: what makes an event the same as an earlier one, and for how long.
            key_prefix: what keys begin with, instead of the names of the Lambda function and the handler.

        Raises:
            TypeError: an option is not what it has to be.
        """
        if persistence_store is not None:
            _require_layer(persistence_store)
        if config is not None:
            _require_config(config)
        self.persistence_store = persistence_store
        self.config = config
        self.key_prefix = key_prefix

    @classmethod
    def from_value(cls, value: Any) -> IdempotencyOptions:
        """Take a config or a layer.

        Raises:
            TypeError: it is neither.
        """
        from lambda_powertools.idempotency.config import IdempotencyConfig

        return cls(config=value) if isinstance(value, IdempotencyConfig) else cls(persistence_store=value)


def _require_layer(value: object) -> None:
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer

    if not isinstance(value, BasePersistenceLayer):
        raise TypeError(f"persistence_store is a {type(value).__name__}, not a BasePersistenceLayer")


def _require_config(value: object) -> None:
    from lambda_powertools.idempotency.config import IdempotencyConfig

    if not isinstance(value, IdempotencyConfig):
        raise TypeError(f"config is a {type(value).__name__}, not an IdempotencyConfig")


class IdempotencyPlugin(Plugin[IdempotencyOptions]):
    """Answers an event that has been handled before with the response of then.

    `Invocation.state["idempotency"]` tells others: `key_hash`, the first eight digits of the key's hash, None without a
    key, and `replayed`, whether the response is a stored one.
    """

    name = "idempotency"
    order = 400
    on_failure: Literal["raise", "warn"] = "raise"
    Options = IdempotencyOptions

    def __init__(self, options: IdempotencyOptions | None = None) -> None:
        super().__init__(options or IdempotencyOptions())
        self._engine: Engine | None = None

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Make the layer and the config ready."""
        options = self.options
        store = _store(options)
        if store is None:
            self.stand_aside()
            return
        from lambda_powertools.idempotency._engine import Engine

        self._is_async = application.is_async
        self._engine = Engine(application.handler, store, options.config, options.key_prefix)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> Any:
        """Claim the event's key, or answer with what is stored for it."""
        engine = self._engine
        if engine is None:
            return None
        from lambda_powertools.idempotency._engine import is_disabled, warn_of_being_disabled
        from lambda_powertools.idempotency.idempotency import is_rerun

        if is_disabled():
            warn_of_being_disabled()
            return None
        rerun = is_rerun(invocation.context)
        if self._is_async:
            return self._begin_async(engine, invocation, rerun=rerun)
        self._enter(invocation, engine.begin(invocation.event, rerun=rerun))
        return None

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> Any:
        """Store the response, as it is at this point."""
        call = invocation.state.pop(_CALL, None)
        if self._engine is None or call is None:
            return None
        if self._is_async:
            return self._engine.succeed_async(call, invocation.response)
        self._engine.succeed(call, invocation.response)
        return None

    @hookimpl
    def on_error(self, invocation: Invocation, error: BaseException) -> Any:
        """Let the key go, so that the event can be handled again."""
        call = invocation.state.pop(_CALL, None)
        if self._engine is None or call is None or not isinstance(error, Exception):
            return None
        if self._is_async:
            return self._fail_async(self._engine, call, error)
        _fail(self._engine, call, error)
        return None

    async def _begin_async(self, engine: Engine, invocation: Invocation, *, rerun: bool) -> None:
        self._enter(invocation, await engine.begin_async(invocation.event, rerun=rerun))

    async def _fail_async(self, engine: Engine, call: IdempotentCall, error: Exception) -> None:
        import asyncio

        await asyncio.to_thread(_fail, engine, call, error)

    def _enter(self, invocation: Invocation, call: IdempotentCall) -> None:
        from lambda_powertools.idempotency._state import publish

        publish(invocation, call)
        if call.replayed:
            invocation.respond(call.outcome())
        elif call.key is not None:
            invocation.state[_CALL] = call


def _store(options: IdempotencyOptions) -> BasePersistenceLayer | None:
    """Return the store that is to be used, None if nothing asks for idempotency."""
    store = options.persistence_store
    if store is None:
        table = TABLE.resolve()
        if table:
            from lambda_powertools.idempotency.persistence.dynamodb import DynamoDBPersistenceLayer

            store = DynamoDBPersistenceLayer(table)
        elif options.config is not None or options.key_prefix is not None:
            raise PluginOptionsError(
                "plugin 'idempotency' has options but no store: give it a persistence_store, or name a DynamoDB table "
                "in POWERTOOLS_IDEMPOTENCY_TABLE",
                plugin="idempotency",
            )
        else:
            return None
    _make_client(store)
    return store


def _make_client(store: BasePersistenceLayer) -> None:
    """Let a store make its client now, in the INIT phase, rather than during the first request."""
    try:
        getattr(store, "client", None)
    except ImportError:
        raise
    except Exception as error:  # noqa: BLE001  # no region, for instance: a test may yet replace the client
        from lambda_powertools.core.package_logger import get_logger

        get_logger(__name__).debug("the client is made at the first use", exc_info=error)


def _fail(engine: Engine, call: IdempotentCall, error: Exception) -> None:
    try:
        engine.fail(call, error)
    except Exception as failure:  # noqa: BLE001  # the handler's own error is the one to be seen
        _note(error, failure)


def _note(error: BaseException, failure: Exception) -> None:
    """Report that the record could not be deleted, beside the error that is to be seen."""
    from lambda_powertools.core.package_logger import report_failure

    report_failure("the record of a failed invocation could not be deleted", failure)
    if hasattr(error, "add_note"):  # Python 3.11
        error.add_note(f"The idempotency record could not be deleted: {type(failure).__name__}")
