"""Patches libraries for the X-Ray SDK when the function imports them, instead of importing all that are installed."""

from __future__ import annotations

from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._hooks import is_imported, when_imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# The SDK's name of a library, and the module after whose import the SDK can patch it without importing more.
LIBRARIES = {
    "aiobotocore": "aiobotocore.client",
    "botocore": "botocore.client",
    "httpx": "httpx",
    "mysql": "mysql.connector",
    "pg8000": "pg8000",
    "psycopg": "psycopg",
    "psycopg2": "psycopg2",
    "pymongo": "pymongo",
    "pymysql": "pymysql",
    "pynamodb": "pynamodb.connection.base",
    "requests": "requests",
    "sqlalchemy_core": "sqlalchemy",
    "sqlite3": "sqlite3",
}


class LibraryPatcher:
    """Has each library patched once: now, if it has been imported, else on its first import."""

    def __init__(self, patch: Callable[[str], None]) -> None:
        """Call `patch` with the SDK's name of a library when that library is there."""
        self._patch = patch
        self._waiting: dict[str, str] = {}

    def start(self) -> None:
        """Patch what has been imported, and wait for the rest. Calling it again is harmless."""
        for library, module in LIBRARIES.items():
            if library in self._waiting:
                continue
            self._waiting[library] = module
            if not is_imported(module):
                when_imported(module, lambda library=library: self._patch_once(library))  # type: ignore[misc]  # mypy loses the default
        self.patch_imported()

    def patch_imported(self) -> None:
        """Patch what has been imported by now, however that went unnoticed."""
        for library, module in tuple(self._waiting.items()):
            if is_imported(module):
                self._patch_once(library)

    def stop(self) -> None:
        """Wait for nothing any longer."""
        self._waiting.clear()

    def _patch_once(self, library: str) -> None:
        if self._waiting.pop(library, None) is None:  # another thread was quicker, or it is no longer wanted
            return
        try:
            self._patch(library)
        except Exception as failure:  # noqa: BLE001  # the library works untraced
            report(f"library {library} could not be patched", failure)
