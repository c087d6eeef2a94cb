"""Versions and changelogs of the packages.

    hatch run release:bump <package> <major|minor|patch|a|b|rc|release>   raise the version, fold the fragments in
    hatch run release:check [package …]                                   version = changelog, fragments well named
    hatch run release:fragments <base revision>                           a changed package has a fragment

`a`, `b` and `rc` start or count up a pre-release (0.2.0 -> 0.2.1a1 -> 0.2.1a2); `release` ends one (0.2.1a2 -> 0.2.1).
A tag is named <package>-v<version>.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from packaging.version import Version

ROOT = Path(__file__).parent.parent
PACKAGES = ROOT / "packages"
TYPES = ("removed", "changed", "added", "fixed", "security")
FRAGMENT = re.compile(rf"(\d+|\+[\w-]+)\.({'|'.join(TYPES)})\.md")
PRE = ("a", "b", "rc")


def about(package: str) -> Path:
    """Return the file that holds a package's version."""
    folder = PACKAGES / package
    return next((folder / "src").rglob("__about__.py"), folder / "__about__.py")


def version_of(package: str) -> Version:
    """Return a package's version."""
    match = re.search(r'__version__ = "(.+)"', about(package).read_text(encoding="utf-8"))
    if match is None:
        sys.exit(f"{about(package).relative_to(ROOT)} holds no __version__")
    return Version(match[1])


def raised(version: Version, part: str) -> Version:
    """Return the version that follows.

    Raises:
        SystemExit: `part` is unknown or does not go with the version.
    """
    major, minor, patch = version.release
    if part == "release":
        if version.pre is None:
            sys.exit(f"{version} is no pre-release")
        return Version(f"{major}.{minor}.{patch}")
    if part in PRE:
        if version.pre is None:
            return Version(f"{major}.{minor}.{patch + 1}{part}1")
        kind, number = version.pre
        if PRE.index(part) < PRE.index(kind):
            sys.exit(f"{part} would come before {version}")
        return Version(f"{major}.{minor}.{patch}{part}{number + 1 if part == kind else 1}")
    parts = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
    if part not in parts:
        sys.exit(f"{part!r} is no part of a version: give one of {', '.join([*parts, *PRE, 'release'])}")
    return Version(".".join(map(str, parts[part])))


def fragments(package: str) -> list[Path]:
    """Return the changelog fragments of a package."""
    return sorted(path for path in (PACKAGES / package / "changelog.d").glob("*") if path.name != "README.md")


def released(package: str) -> list[str]:
    """Return the versions in a package's changelog, newest first."""
    text = (PACKAGES / package / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.findall(r"^## (\S+) \(", text, re.MULTILINE)


def problems(package: str) -> list[str]:
    """Return what is wrong with a package's version and changelog."""
    found = [
        f"packages/{package}/changelog.d/{path.name}: name it <number or +word>.<{'|'.join(TYPES)}>.md"
        for path in fragments(package)
        if not FRAGMENT.fullmatch(path.name)
    ]
    version, versions = version_of(package), released(package)
    if versions and Version(versions[0]) != version:
        found.append(f"packages/{package}: version is {version}, the changelog's newest release {versions[0]}")
    if not versions and not fragments(package):
        found.append(f"packages/{package}: nothing released, and no fragment says what the first release brings")
    if versions != [str(item) for item in sorted(map(Version, versions), reverse=True)]:
        found.append(f"packages/{package}/CHANGELOG.md: releases are not in order")
    return found


def bump(package: str, part: str) -> None:
    """Raise a package's version and fold its fragments into its changelog; its first release keeps the version.

    Raises:
        SystemExit: something is wrong; nothing has been changed.
    """
    if not (PACKAGES / package).is_dir():
        sys.exit(f"there is no package {package!r}")
    if found := problems(package):
        sys.exit("\n".join(found))
    if not fragments(package):
        sys.exit(f"packages/{package}/changelog.d is empty: nothing to release")
    current = version_of(package)
    following = raised(current, part) if released(package) else current
    command = [sys.executable, "-m", "towncrier", "build", "--yes", "--version", str(following)]
    command += ["--config", str(ROOT / "towncrier.toml"), "--dir", str(PACKAGES / package)]
    if subprocess.run(command, cwd=PACKAGES / package, check=False).returncode:
        sys.exit("towncrier failed: the version stays as it was")
    text = about(package).read_text(encoding="utf-8")
    about(package).write_text(text.replace(f'"{current}"', f'"{following}"'), encoding="utf-8")
    if found := problems(package):
        sys.exit("\n".join(found))
    print(f"lambda-powertools-{package} {following}; commit, then tag {package}-v{following}")


def unmentioned(base: str) -> list[str]:
    """Return the packages whose source changed since `base` without a fragment or a release."""
    command = ["git", "diff", "--name-only", base, "--", "packages"]
    changed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    sources = {path.split("/")[1] for path in changed if "/src/" in path}
    mentioned = {path.split("/")[1] for path in changed if "/changelog.d/" in path or path.endswith("CHANGELOG.md")}
    return sorted(sources - mentioned)


def main(arguments: list[str]) -> None:
    """Run a command."""
    match arguments:
        case ["bump", package, part]:
            bump(package, part)
        case ["check", *packages]:
            every = packages or sorted(path.parent.name for path in PACKAGES.glob("*/pyproject.toml"))
            if found := [problem for package in every for problem in problems(package)]:
                sys.exit("\n".join(found))
        case ["fragments", base]:
            if missing := unmentioned(base):
                sys.exit(f"changed without a fragment in changelog.d: {', '.join(missing)}")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
