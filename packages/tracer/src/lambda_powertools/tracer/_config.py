"""The configuration that all tracers of the process share: a later one takes over what it is not told."""

from __future__ import annotations

import os
from _weakref import ref  # `weakref` is no more than this with a module around it that costs an import

from lambda_powertools.core import spans
from lambda_powertools.core.settings import Settings
from lambda_powertools.tracer._hooks import forget_callbacks
from lambda_powertools.tracer._threads import ThreadPools
from lambda_powertools.tracer._xray.provider import XRayProvider, is_recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from lambda_powertools.tracer.tracer import Tracer


class SharedConfig:
    """What earlier tracers were told; None where nobody said anything.

    Attributes:
        sdk: what has been put in the place of the X-Ray SDK; resetting leaves it there.
    """

    sdk: Any = None

    def __init__(self) -> None:
        self.service: str | None = None
        self.auto_patch: bool | None = None
        self.patch_modules: Sequence[str] | None = None
        self.provider: Any = None
        self.disabled: bool | None = None
        self._followed: Any = None
        self._was_outside = False
        self._handles: list[XRayProvider] = []
        self._pools: list[tuple[Any, ThreadPools]] = []
        self._tracers: list[tuple[ref[Tracer], bool]] = []

    def take_service(self, explicit: str | None) -> str:
        """Settle the service of a new tracer."""
        self.service = Settings.service_name.resolve(explicit) or self.service
        return self.service or ""

    def take_auto_patch(self, *, explicit: bool | None) -> bool:
        """Settle whether a new tracer patches libraries."""
        if explicit is not None:
            self.auto_patch = explicit
        return True if self.auto_patch is None else self.auto_patch

    def take_patch_modules(self, explicit: Sequence[str] | None) -> Sequence[str] | None:
        """Settle which libraries a new tracer patches, None for all."""
        if explicit is not None:
            self.patch_modules = explicit
        return self.patch_modules

    def take_disabled(self, *, explicit: bool | None) -> bool:
        """Settle whether a new tracer is disabled, whose provider has been settled.

        Once so, always so, until one is explicitly not.

        Raises:
            SettingsError: `POWERTOOLS_TRACE_DISABLED` is no boolean.
        """
        if explicit is not None:
            self.disabled, self._was_outside = explicit, False
            return explicit
        if Settings.trace_disabled.resolve():
            self.disabled = True
        self._was_outside = self._was_outside or (self.disabled is None and _is_outside_lambda())
        return self.is_disabled()

    def take_provider(self, explicit: Any) -> Any:
        """Settle the provider of a new tracer; a recorder of the X-Ray SDK comes back in its handle."""
        if explicit is None:
            if self.provider is None:
                if self.sdk is None:
                    self._followed = spans.tracing_provider()
                    self.provider = self._followed or self._new_handle(None)
                else:
                    self.provider = _recorder_of(self.sdk)
        elif not is_recorder(explicit):
            self.provider = explicit
        elif not (isinstance(self.provider, XRayProvider) and self.provider.owns(explicit)):
            self.provider = self._new_handle(explicit)
        return self.provider

    def enlist(self, tracer: Tracer, *, told_disabled: bool) -> None:
        """Keep in touch with a tracer, for the time when another provider is registered."""
        self._tracers = [known for known in self._tracers if known[0]() is not None]
        self._tracers.append((ref(tracer), told_disabled))

    def follow(self, provider: Any) -> None:
        """Let tracers that nobody gave a provider record to the one that is registered from now on."""
        before = self.provider
        if before is None:
            return
        if isinstance(before, XRayProvider):
            if provider is None or not before.is_default:
                return
            before.retire()
        elif before is not self._followed:
            return
        self.provider = self._followed = provider
        after = self.active_provider()
        for known, told_disabled in self._tracers:
            tracer = known()
            if tracer is not None and tracer._provider is before:  # noqa: SLF001  # of this package
                if not told_disabled:
                    tracer.disabled = self.is_disabled()
                tracer._move_to(after)  # noqa: SLF001  # the same

    def replace_sdk(self, sdk: Any) -> None:
        """Have tracers to come use another X-Ray SDK, or with None the real one; those that there are keep theirs."""
        self.sdk, self.provider = sdk, None

    def active_provider(self) -> Any:
        """Return the provider that the tracers use, X-Ray's if there is no tracer yet."""
        if self.provider is None:
            handle = self.take_provider(None)
            handle.switch(on=not self.is_disabled())
        return self.provider

    def is_disabled(self) -> bool:
        """Return whether a tracer that says nothing is disabled."""
        if Settings.trace_disabled.resolve():
            return True
        if self.disabled is not None:
            return self.disabled
        if getattr(type(self.provider), "records_outside_lambda", False) is True:
            return False
        return self._was_outside or _is_outside_lambda()

    def hand_on_scopes(self, provider: Any) -> None:
        """Have thread pools hand on the scope of a provider of the user's own that has scopes."""
        if any(known is provider for known, _ in self._pools):
            return
        if all(callable(getattr(type(provider), name, None)) for name in ("get_scope", "set_scope")):
            pools = ThreadPools(provider.get_scope, provider.set_scope)
            self._pools.append((provider, pools))
            pools.start()

    def reset(self) -> None:
        """Forget everything, and undo what was done to the X-Ray SDK and to the import system."""
        while self._handles:
            self._handles.pop().reset()
        while self._pools:
            self._pools.pop()[1].stop()
        forget_callbacks()
        self.__init__()  # type: ignore[misc]  # the one object is what everybody refers to

    def _new_handle(self, recorder: Any) -> XRayProvider:
        handle = XRayProvider(recorder)
        self._handles.append(handle)
        return handle


def _recorder_of(sdk: Any) -> Any:
    recorder = sdk.core.xray_recorder
    recorder.patch, recorder.patch_all = sdk.core.patch, sdk.core.patch_all
    return recorder


def _is_outside_lambda() -> bool:
    """Return whether nothing is there that would take a trace: not Lambda, or Lambda as SAM or Chalice imitate it."""
    environ = os.environ
    return bool(
        not environ.get("LAMBDA_TASK_ROOT") or environ.get("AWS_SAM_LOCAL") or environ.get("AWS_CHALICE_CLI_MODE")
    )


shared = SharedConfig()
spans.follow_tracing_provider(shared.follow)
