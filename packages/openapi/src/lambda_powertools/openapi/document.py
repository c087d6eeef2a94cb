"""What stands around the paths of a document, and what is checked of it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.openapi.constants import DEFAULT_OPENAPI_VERSION
from lambda_powertools.openapi.encoders import plain_data
from lambda_powertools.openapi.exceptions import OpenAPISchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lambda_powertools.openapi.config import OpenAPIConfig

__all__ = ["check_extensions", "check_security", "head_of", "tail_of"]


def head_of(config: OpenAPIConfig) -> dict[str, Any]:
    """Return what stands at the top of a document."""
    info: dict[str, Any] = {"title": config.title, "version": config.version}
    optional = {
        "summary": config.summary,
        "description": config.description,
        "termsOfService": config.terms_of_service,
        "contact": config.contact,
        "license": config.license_info,
    }
    info.update({name: plain_data(value) for name, value in optional.items() if value is not None})
    servers = [plain_data(server) for server in config.servers or ()] or [{"url": "/"}]
    return {"openapi": _version(config.openapi_version), "info": info, "servers": servers}


def tail_of(config: OpenAPIConfig) -> dict[str, Any]:
    """Return what stands at the end of a document.

    Raises:
        OpenAPISchemaError: the name of an extension does not begin with `x-`.
    """
    tail: dict[str, Any] = {}
    if config.security is not None:
        tail["security"] = plain_data(config.security)
    if config.tags:
        tail["tags"] = [{"name": tag} if isinstance(tag, str) else plain_data(tag) for tag in config.tags]
    if config.external_documentation is not None:
        tail["externalDocs"] = plain_data(config.external_documentation)
    if config.openapi_extensions:
        check_extensions(config.openapi_extensions)
        tail.update(config.openapi_extensions)
    return tail


def _version(version: str) -> str:
    if version.startswith("3.1"):
        return version
    warnings.warn(
        f"pydantic 2 makes JSON schemas that OpenAPI {version} does not know; "
        f"the document is {DEFAULT_OPENAPI_VERSION}",
        PowertoolsUserWarning,
        stacklevel=5,
    )
    return DEFAULT_OPENAPI_VERSION


def check_security(config: OpenAPIConfig, of_routes: Iterable[Sequence[dict[str, Any]] | None]) -> None:
    """Check that every scheme that is required is defined.

    Raises:
        OpenAPISchemaError: one is not.
    """
    requirements = [*(config.security or ()), *(each for given in of_routes for each in given or ())]
    defined = config.security_schemes or {}
    for requirement in requirements:
        for name in requirement:
            if name not in defined:
                known = ", ".join(sorted(defined)) or "none"
                raise OpenAPISchemaError(
                    f"security requires the scheme {name!r}, which is not in security_schemes (there: {known})"
                )


def check_extensions(extensions: dict[str, Any]) -> None:
    """Check the names of extensions.

    Raises:
        OpenAPISchemaError: a name does not begin with `x-`.
    """
    for name in extensions:
        if not str(name).startswith("x-"):
            raise OpenAPISchemaError(f"the OpenAPI extension {name!r} has to begin with 'x-'")
