"""Reading the files."""

from __future__ import annotations

from pathlib import Path

JAVASCRIPT = "swagger-ui-bundle.js"
STYLESHEET = "swagger-ui.css"
_FOLDER = Path(__file__).parent / "assets"


def gzipped(name: str) -> bytes:
    """Return a file in gzip format, as it is sent with `Content-Encoding: gzip`.

    Args:
        name: `swagger-ui-bundle.js` or `swagger-ui.css`.

    Raises:
        ValueError: there is no such file.

    Example:
        >>> gzipped("swagger-ui.css")[:2].hex()
        '1f8b'
    """
    if name not in (JAVASCRIPT, STYLESHEET):
        raise ValueError(f"there is no file {name!r}, only {JAVASCRIPT} and {STYLESHEET}")
    return (_FOLDER / f"{name}.gz").read_bytes()


def javascript() -> str:
    """Return the program of Swagger UI, about 1.7 million characters.

    Example:
        >>> "SwaggerUIBundle" in javascript()
        True
    """
    return _text(JAVASCRIPT)


def stylesheet() -> str:
    """Return the style of Swagger UI.

    Example:
        >>> ".swagger-ui" in stylesheet()
        True
    """
    return _text(STYLESHEET)


def swagger_ui_version() -> str:
    """Return the version of Swagger UI.

    Example:
        >>> swagger_ui_version().partition(".")[0]
        '5'
    """
    return (_FOLDER / "VERSION").read_text(encoding="utf-8").strip()


def _text(name: str) -> str:
    import gzip

    return gzip.decompress(gzipped(name)).decode()
