import gzip
import importlib.util
from pathlib import Path

import pytest

from lambda_powertools import swagger_ui

ROOT = Path(__file__).parents[2]


def script():
    spec = importlib.util.spec_from_file_location("update_swagger_ui", ROOT / "scripts" / "update_swagger_ui.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "text"), [("swagger-ui-bundle.js", swagger_ui.javascript), ("swagger-ui.css", swagger_ui.stylesheet)]
)
def test_the_compressed_file_is_the_text(name, text):
    """Both ways of asking for a file give the same content."""
    assert gzip.decompress(swagger_ui.gzipped(name)).decode() == text()


def test_the_licence_stands_beside_the_files():
    """The Apache licence and the notice are installed with the files that they are of."""
    assets = Path(swagger_ui.__file__).parent / "assets"
    assert "Apache License" in (assets / "LICENSE").read_text(encoding="utf-8")
    assert "SmartBear" in (assets / "NOTICE").read_text(encoding="utf-8")


def test_an_unknown_file_is_refused():
    """Only the two files can be asked for, so a name cannot lead elsewhere."""
    with pytest.raises(ValueError, match="swagger-ui-bundle.js and swagger-ui.css"):
        swagger_ui.gzipped("../__init__.py")


def test_the_version_is_the_pinned_one():
    """What is shipped is what the script pins."""
    assert swagger_ui.swagger_ui_version() == script().VERSION


def test_the_files_hold_no_time():
    """Compressing equal content gives equal bytes, so an update shows only what changed."""
    for content in (swagger_ui.gzipped("swagger-ui.css"), script().compress(b"body {}")):
        assert content[4:8] == bytes(4)


def test_the_script_refuses_another_archive():
    """An archive that does not have the pinned hash is not unpacked."""
    with pytest.raises(SystemExit, match="not what was pinned"):
        script().verify(b"something else", script().INTEGRITY)
