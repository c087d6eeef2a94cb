"""A provider of parameters in a dictionary."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.parameters import BaseProvider


@functools.cache
def provider_class() -> type[BaseProvider]:
    """Return the class; it is made when it is first needed, as its base need not be installed."""
    from lambda_powertools.parameters import BaseProvider

    class MemoryProvider(BaseProvider):
        """Hands out what it was given.

        Attributes:
            values: the parameters by name.
            reads: the names that were fetched, in order; what came of the cache is not among them.
        """

        def __init__(self, values: dict[str, Any]) -> None:
            super().__init__()
            self.values = values
            self.reads: list[str] = []

        def _get(self, name: str, **sdk_options: Any) -> Any:  # noqa: ARG002  # other providers have options
            self.reads.append(name)
            return self.values[name]

        def _get_multiple(self, path: str, **sdk_options: Any) -> dict[str, Any]:  # noqa: ARG002  # the same
            self.reads.append(path)
            prefix = f"{path.rstrip('/')}/"
            return {name.removeprefix(prefix): value for name, value in self.values.items() if name.startswith(prefix)}

        def set(self, name: str, value: Any, *, overwrite: bool = False, **kwargs: Any) -> Any:  # noqa: ARG002  # the same
            """Keep a value, and forget what the cache holds."""
            if name in self.values and not overwrite:
                raise ValueError(f"parameter {name} exists: overwrite=True replaces it")
            self.values[name] = value
            self.clear_cache()
            return {"Version": 1}

    return MemoryProvider
