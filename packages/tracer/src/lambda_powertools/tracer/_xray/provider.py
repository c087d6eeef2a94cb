"""The provider that `Tracer` uses unless given another: the X-Ray SDK's recorder, imported when it is needed."""

from __future__ import annotations

import sys
import threading

from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._hooks import is_imported, when_imported
from lambda_powertools.tracer._recording import Recording
from lambda_powertools.tracer._threads import ThreadPools
from lambda_powertools.tracer._xray.patching import LibraryPatcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from lambda_powertools.tracer._xray.direct import DirectRecording

SDK = "aws_xray_sdk"
_CORE = f"{SDK}.core"


def is_recorder(provider: object) -> bool:
    """Return whether `provider` is a recorder of the X-Ray SDK."""
    return SDK in str(getattr(provider, "__module__", ""))


def require_sdk() -> None:
    """Make sure that the SDK is installed, without importing it.

    Raises:
        ImportError: it is not; says how to install it.
    """
    if SDK in sys.modules:
        return
    for finder in sys.meta_path:
        find_spec = getattr(finder, "find_spec", None)
        if find_spec is not None and find_spec(SDK, None) is not None:
            return
    raise ImportError(f"tracing needs the AWS X-Ray SDK: pip install {SDK.replace('_', '-')}", name=SDK)


class XRayProvider:
    """Stands in for the recorder until there is something to record."""

    def __init__(self, recorder: Any = None) -> None:
        """Use `recorder`, or the SDK's own."""
        self._given = recorder
        self._recorder: Any = None
        self._scoped: Any = None
        self._recording: type[DirectRecording] | None = None
        self._on: bool | None = None
        self._undo: list[Callable[[], None]] = []
        self._switched_off = self._configured = self._watching = False
        self._lock = threading.RLock()
        self._patcher = LibraryPatcher(self._patch_library)
        self._pools = ThreadPools(self.get_scope, self.set_scope)

    def switch(self, *, on: bool) -> None:
        """Have the SDK record, or be off for the whole process, from now on or from when it is imported."""
        self._on = on
        if is_imported(_CORE):
            self._adopt()
            return
        if SDK in sys.modules:
            self._switch_sdk()
        if not self._watching:  # what the function does with the SDK itself is to fit in from the start
            self._watching = True
            when_imported(SDK, self._switch_sdk)
            when_imported(_CORE, self._adopt)

    def reset(self) -> None:
        """Leave everything that has been changed about the process as it was, except patched libraries."""
        self._patcher.stop()
        self._pools.stop()
        while self._undo:
            self._undo.pop()()
        self._on, self._recorder, self._recording = None, None, None
        self._switched_off = self._configured = self._watching = False

    def retire(self) -> None:
        """Record nothing any longer: another provider has taken over."""
        was_on = self._on
        self.reset()
        if was_on:
            self.switch(on=False)

    @property
    def is_default(self) -> bool:
        """Whether it stands for the SDK's own recorder, which nobody has asked for."""
        return self._given is None

    @property
    def is_inert(self) -> bool:
        """Whether nobody in the process has imported the SDK, so that there is nothing a dummy could be handed to."""
        return _CORE not in sys.modules and self._given is None

    @property
    def is_recording(self) -> bool:
        """Whether the SDK is on, for whatever reason. It must have been imported."""
        return bool(sys.modules[SDK].global_sdk_config.sdk_enabled())

    @property
    def recorder(self) -> Any:
        """The recorder; imports the SDK.

        Raises:
            ImportError: the SDK is not installed.
        """
        return self._recorder if self._recorder is not None else self._load()

    def owns(self, recorder: object) -> bool:
        """Return whether this is the recorder in use."""
        return recorder is not None and recorder in (self._given, self._recorder)

    def record(self, name: str) -> Recording:
        """Return a recording of a captured function, to be opened at once."""
        if self._recording is None:
            try:
                self._load()
            except Exception as failure:  # noqa: BLE001  # tracing must not stop what it traces
                report("the X-Ray SDK could not be imported", failure)
        return (self._recording or Recording)(self, name)

    def in_subsegment(self, name: str | None = None, **kwargs: Any) -> Any:
        """Return the context manager of a subsegment."""
        recorder = self.recorder
        return self._scoped(recorder, recorder.in_subsegment(name=name, **kwargs))

    def in_subsegment_async(self, name: str | None = None, **kwargs: Any) -> Any:
        """Return the asynchronous context manager of a subsegment."""
        recorder = self.recorder
        return self._scoped(recorder, recorder.in_subsegment_async(name=name, **kwargs))

    def put_annotation(self, key: str, value: Any) -> None:
        """Annotate the current subsegment."""
        if self.is_inert:
            report(f"annotation {key!r} has no segment to go to")
            return
        recorder = self.recorder
        if self._recording is None or not self._recording.annotate(recorder, key, value):
            recorder.put_annotation(key=key, value=value)

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add metadata to the current subsegment."""
        if self.is_inert:
            report(f"metadata {key!r} has no segment to go to")
        else:
            self.recorder.put_metadata(key=key, value=value, namespace=namespace)

    def patch(self, modules: Sequence[str]) -> None:
        """Patch these libraries at once, which imports them.

        Raises:
            Exception: the SDK does not know one of them.
            ImportError: one of them is not installed.
        """
        from lambda_powertools.tracer._xray.closing import pass_on_closing
        from lambda_powertools.tracer._xray.deferral import import_wrapt

        recorder = self.recorder
        import_wrapt()
        recorder.patch(modules)
        pass_on_closing()

    def patch_all(self) -> None:
        """Patch what has been imported of the libraries that the SDK knows, and the rest when it is imported."""
        self._patcher.start()
        self._pools.start()

    def ignore_endpoint(self, hostname: str | None, urls: list[str] | None) -> None:
        """Record no calls to these addresses."""
        self._load()  # with the least effort, and in the right state
        from aws_xray_sdk.ext.httplib import add_ignored

        add_ignored(hostname=hostname, urls=urls)

    def get_scope(self) -> Any:
        """Return the line of entities of the calling task."""
        context: Any = getattr(self._recorder, "context", None)
        return context.get_scope() if hasattr(context, "get_scope") else None

    def set_scope(self, scope: Any) -> None:
        """Replace the line of entities of the calling task."""
        context: Any = getattr(self._recorder, "context", None)
        if hasattr(context, "set_scope"):
            context.set_scope(scope)

    def _load(self) -> Any:
        require_sdk()
        from lambda_powertools.tracer._xray.deferral import import_sdk

        # Not under our lock: another thread may hold the import system's for the SDK, and want ours when it is done.
        core = import_sdk()
        from lambda_powertools.tracer._xray.direct import DirectRecording
        from lambda_powertools.tracer._xray.entities import ScopedSubsegment

        with self._lock:
            if self._recorder is None:
                recorder = self._given or core.xray_recorder
                for name in ("patch", "patch_all"):
                    if not hasattr(recorder, name):
                        setattr(recorder, name, getattr(core, name))
                self._scoped, self._recording = ScopedSubsegment, DirectRecording
                self._recorder = recorder
            self._apply()
        self._patcher.patch_imported()
        return self._recorder

    def _adopt(self) -> None:
        """Take over an SDK that has been imported, by whomever."""
        if self._on:
            self._load()
        else:
            self._switch_sdk()

    def _apply(self) -> None:
        """Bring the recorder into the state that was asked for."""
        self._switch_sdk()
        if self._on and not self._configured:
            from lambda_powertools.tracer._xray.entities import install

            self._configured = True
            self._undo.append(install(self._recorder))

    def _switch_sdk(self) -> None:
        # What somebody else has switched off stays off: only our own doing is undone.
        if self._on is None or (self._on and not self._switched_off):
            return
        config: Any = sys.modules[SDK].global_sdk_config
        before = config.sdk_enabled()
        self._switched_off = not self._on
        if before != self._on:
            config.set_sdk_enabled(self._on)
            self._undo.append(lambda: config.set_sdk_enabled(before))

    def _patch_library(self, library: str) -> None:
        if not self._on:
            return
        from lambda_powertools.tracer._xray.closing import pass_on_closing
        from lambda_powertools.tracer._xray.deferral import import_wrapt

        self._load()
        import_wrapt()
        from aws_xray_sdk.core import patcher

        if library in patcher.NO_DOUBLE_PATCH:
            patcher.patch((library,), raise_errors=False)
            pass_on_closing()
