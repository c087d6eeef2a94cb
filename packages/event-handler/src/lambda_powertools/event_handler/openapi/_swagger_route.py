"""The route that serves Swagger UI."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler._compression import accepts_gzip
from lambda_powertools.event_handler._headers import request_header_values
from lambda_powertools.event_handler.content_types import APPLICATION_JSON, TEXT_HTML
from lambda_powertools.event_handler.openapi._requirements import require_pydantic
from lambda_powertools.event_handler.openapi._sources import QuerySource
from lambda_powertools.event_handler.openapi.app import config_of, document_of, merge_of
from lambda_powertools.event_handler.openapi.swagger_ui import distribution
from lambda_powertools.event_handler.response import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler.openapi.swagger_ui import OAuth2Config

_KEPT_PAGES = 4
_NO_STORE = {"Cache-Control": "no-cache, no-store, must-revalidate"}


def register(  # the names are known from elsewhere
    app: ApiGatewayResolver,
    *,
    path: str = "/swagger",
    swagger_base_url: str | None = None,
    middlewares: list[Callable[..., Any]] | None = None,
    compress: bool = False,
    oauth2_config: OAuth2Config | None = None,
    persist_authorization: bool = False,
    **meta: Any,
) -> None:
    """Register the route.

    Args:
        app: the app that is shown.
        path: path of the page.
        swagger_base_url: where `swagger-ui-bundle.min.js` and `swagger-ui.min.css` are served; without it they are in
            the page.
        middlewares: run before the page is served: the way to protect it.
        compress: whether the page is compressed behind a REST API, which needs binary media types for that.
        oauth2_config: for signing in with OAuth 2.
        persist_authorization: whether the browser keeps what was signed in with.
        meta: top of the document, as in `OpenAPIConfig`.

    Raises:
        OpenAPIDependencyError: pydantic or lambda-powertools-swagger-ui is not installed.
    """
    require_pydantic()
    pages = _Pages(app, swagger_base_url, oauth2_config, meta, persist=persist_authorization)

    def swagger_ui() -> Response[Any]:
        event = app.current_event
        kind = QuerySource(event, {}).one("format")
        if kind == "oauth2-redirect":
            return Response(200, TEXT_HTML, distribution().generate_oauth2_redirect_html(), _NO_STORE)
        document = pages.document()
        if kind == "json":
            return Response(200, APPLICATION_JSON, json.dumps(document), _NO_STORE, compress=compress)
        may_compress = compress or app.source.name != "APIGatewayProxyEvent"
        if may_compress and accepts_gzip(request_header_values(event.raw_event, "accept-encoding")):
            headers = {**_NO_STORE, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            return Response(200, TEXT_HTML, pages.compressed(document), headers, compress=False)
        return Response(200, TEXT_HTML, pages.html(document), _NO_STORE, compress=False)

    app.get(path, include_in_schema=False, middlewares=middlewares, enable_validation=False)(swagger_ui)


class _Pages:
    """The pages that were made, each for one document."""

    def __init__(
        self,
        app: ApiGatewayResolver,
        base_url: str | None,
        oauth2_config: OAuth2Config | None,
        meta: dict[str, Any],
        *,
        persist: bool,
    ) -> None:
        self._app = app
        self._base_url = base_url.rstrip("/") if base_url else None
        self._oauth2_config = oauth2_config
        self._meta = meta
        self._persist = persist
        self._kept: list[tuple[dict[str, Any], str, bytes]] = []
        self._swagger_ui = distribution()

    def document(self) -> dict[str, Any]:
        """Return the document, whose server is where the request came in if nothing else is said."""
        merge = merge_of(self._app)
        if merge is not None:
            return merge.document()
        meta = self._meta
        if not meta.get("servers") and not config_of(self._app).servers:
            base_path = self._app.source.base_path(self._app.current_event.raw_event)
            meta = {**meta, "servers": [{"url": base_path or "/"}]}
        return document_of(self._app, **meta)

    def html(self, document: dict[str, Any]) -> str:
        """Return the page."""
        return self._page(document)[1]

    def compressed(self, document: dict[str, Any]) -> bytes:
        """Return the page in gzip format."""
        return self._page(document)[2]

    def _page(self, document: dict[str, Any]) -> tuple[dict[str, Any], str, bytes]:
        for page in self._kept:
            if page[0] is document:
                return page
        import zlib

        if self._base_url is None:
            program, style = self._swagger_ui.javascript(), self._swagger_ui.stylesheet()
        else:
            program, style = f"{self._base_url}/swagger-ui-bundle.min.js", f"{self._base_url}/swagger-ui.min.css"
        html = self._swagger_ui.generate_swagger_html(
            json.dumps(document), program, style, self._base_url, self._oauth2_config, self._persist
        )
        compressor = zlib.compressobj(wbits=31)  # 31: with the header of gzip
        page = (document, html, compressor.compress(html.encode()) + compressor.flush())
        self._kept = [page, *self._kept[: _KEPT_PAGES - 1]]
        return page
