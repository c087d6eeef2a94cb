"""The configuration that all tracers of the process share: a later one takes over what it is not told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import Settings
from lambda_powertools.tracer._hooks import forget_callbacks
from lambda_powertools.tracer._xray.provider import XRayProvider, is_recorder

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        self._handles: list[XRayProvider] = []

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
        """Settle whether a new tracer is disabled. Once so, always so, until one is explicitly not.

        Raises:
            SettingsError: `POWERTOOLS_TRACE_DISABLED` is no boolean.
        """
        if explicit is not None:
            self.disabled = explicit
            return explicit
        if self.is_disabled():
            self.disabled = True
            return True
        return False

    def take_provider(self, explicit: Any) -> Any:
        """Settle the provider of a new tracer; a recorder of the X-Ray SDK comes back in its handle."""
        if explicit is None:
            if self.provider is None:
                self.provider = self._new_handle(None) if self.sdk is None else _recorder_of(self.sdk)
        elif not is_recorder(explicit):
            self.provider = explicit
        elif not (isinstance(self.provider, XRayProvider) and self.provider.owns(explicit)):
            self.provider = self._new_handle(explicit)
        return self.provider

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
        return _is_outside_lambda() if self.disabled is None else self.disabled

    def reset(self) -> None:
        """Forget everything, and undo what was done to the X-Ray SDK and to the import system."""
        while self._handles:
            self._handles.pop().reset()
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
