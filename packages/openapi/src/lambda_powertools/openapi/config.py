"""What `configure_openapi` remembers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from lambda_powertools.openapi.constants import (
    DEFAULT_API_VERSION,
    DEFAULT_OPENAPI_TITLE,
    DEFAULT_OPENAPI_VERSION,
)

if TYPE_CHECKING:
    from lambda_powertools.openapi.models import (
        Contact,
        ExternalDocumentation,
        License,
        SecurityScheme,
        Server,
        Tag,
    )

__all__ = ["OpenAPIConfig"]


@dataclass
class OpenAPIConfig:
    """The parts of a document that are not derived from routes.

    Attributes:
        title: title of the API.
        version: version of the API, not of OpenAPI.
        openapi_version: version of the specification; 3.1.x.
        summary: one sentence on the API.
        description: more on it; CommonMark.
        tags: tags, in the order in which they shall be shown.
        servers: where the API is served; `/` if none is given.
        terms_of_service: URL of the terms.
        contact: whom to ask.
        license_info: under which licence.
        security_schemes: schemes that requirements may name.
        security: requirements that hold for every route that has none of its own.
        external_documentation: where to read more.
        openapi_extensions: `x-…` members of the document.

    Example:
        >>> OpenAPIConfig(title="Orders").version
        '1.0.0'
    """

    title: str = DEFAULT_OPENAPI_TITLE
    version: str = DEFAULT_API_VERSION
    openapi_version: str = DEFAULT_OPENAPI_VERSION
    summary: str | None = None
    description: str | None = None
    tags: list[Tag | str] | None = None
    servers: list[Server] | None = None
    terms_of_service: str | None = None
    contact: Contact | None = None
    license_info: License | None = None
    security_schemes: dict[str, SecurityScheme] | None = field(default=None)
    security: list[dict[str, list[str]]] | None = None
    external_documentation: ExternalDocumentation | None = None
    openapi_extensions: dict[str, Any] | None = None

    def overridden(self, meta: dict[str, Any]) -> OpenAPIConfig:
        """Return a configuration in which the values of `meta` that are not defaults win over these.

        Raises:
            TypeError: `meta` has a name that is no field.
        """
        given = OpenAPIConfig(**meta)
        values = {
            each.name: getattr(given, each.name)
            if getattr(given, each.name) not in (None, each.default)
            else getattr(self, each.name)
            for each in fields(OpenAPIConfig)
        }
        return OpenAPIConfig(**values)
