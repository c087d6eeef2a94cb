"""Fetch Swagger UI for packages/swagger-ui: `python scripts/update_swagger_ui.py [VERSION INTEGRITY]`.

The archive is fetched with `npm pack` and has to have the pinned integrity hash (`npm view swagger-ui-dist@VERSION
dist.integrity` prints it). The files are written compressed, the same bytes each time.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "5.35.0"
INTEGRITY = "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ=="

ASSETS = Path(__file__).parent.parent / "packages/swagger-ui/src/lambda_powertools/swagger_ui/assets"
COMPRESSED = ("swagger-ui-bundle.js", "swagger-ui.css")
PLAIN = ("LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt")


def fetch(version: str, folder: Path) -> bytes:
    """Return the archive of a version, as npm fetches it."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"swagger-ui-dist@{version}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.tgz")).read_bytes()


def verify(archive: bytes, integrity: str) -> None:
    """Compare an archive with its hash, written `<algorithm>-<base64>`.

    Raises:
        SystemExit: it is another archive.
    """
    algorithm, _, expected = integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, archive).digest()).decode()
    if found != expected:
        sys.exit(f"the archive has the {algorithm} hash {found}, not {expected}: it is not what was pinned")


def compress(content: bytes) -> bytes:
    """Return content in gzip format, without the time and a name, so that equal content gives equal bytes."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def unpack(archive: bytes, version: str, target: Path) -> None:
    """Write the files that are needed."""
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for name in (*COMPRESSED, *PLAIN):
            member = tar.extractfile(f"package/{name}")
            if member is None:
                sys.exit(f"the archive has no {name}")
            content = member.read()
            if name in COMPRESSED:
                (target / f"{name}.gz").write_bytes(compress(content))
            else:
                (target / name).write_bytes(content)
    (target / "VERSION").write_text(f"{version}\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    version, integrity = arguments or (VERSION, INTEGRITY)
    with tempfile.TemporaryDirectory() as folder:
        archive = fetch(version, Path(folder))
    verify(archive, integrity)
    unpack(archive, version, ASSETS)
    print(f"wrote swagger-ui-dist {version} to {ASSETS}")


if __name__ == "__main__":
    main(sys.argv[1:])
