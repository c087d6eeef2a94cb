"""Discovery: the manifest, the direct scan and importlib.metadata find the same plugins, whatever is installed."""

from __future__ import annotations

import importlib.metadata
import json
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lambda_powertools.core import discovery
from lambda_powertools.core.discovery import (
    MANIFEST_NAME,
    FoundPlugin,
    build_manifest,
    find_plugins,
    find_with_metadata,
)

GROUP = "[lambda_powertools.plugins]"

ENTRY_POINTS = {
    "missing": None,
    "empty": b"",
    "one": f"{GROUP}\naudit = acme.audit:Plugin\n".encode(),
    "several": f"{GROUP}\na = m:A\nb = m:B\nc=m:C".encode(),
    "other groups around": f"[console_scripts]\nrun = x:main\n\n{GROUP}\na = m:A\n[pytest11]\np = y".encode(),
    "other group only": b"[console_scripts]\nlambda_powertools.plugins = x:main\n",
    "group twice": f"{GROUP}\na = m:A\n[x]\ny = z\n{GROUP}\nb = m:B\n".encode(),
    "comments": f"# about\n{GROUP}\n# off = m:Off\n  # indented\na = m:A\n".encode(),
    "odd whitespace": f"\r\n  {GROUP}  \r\n\t a   =   m : A  \r\n\r\n\r\nb=m:B\x0c\r\n".encode(),
    "garbage lines": f"garbage\n= \n{GROUP}\nnonsense\n:\na = m:A\n[unclosed\n==\n".encode(),
    "extras": f"{GROUP}\na = m:A [extra]\n".encode(),
    "value with equals": f"{GROUP}\na = m:A=B\n".encode(),
    "spaces in the group": b"[ lambda_powertools.plugins ]\na = m:A\n",
    "upper case group": b"[LAMBDA_POWERTOOLS.PLUGINS]\na = m:A\n",
    "byte order mark": b"\xef\xbb\xbf" + f"{GROUP}\na = m:A\n".encode(),
    "invalid UTF-8": f"{GROUP}\na = m:A\n".encode() + b"\xff\xfe",
    "not ASCII": f"{GROUP}\nprüfung = m:Prüfung\n".encode(),
}

METADATA = {
    "missing": None,
    "empty": b"",
    "good": b"Metadata-Version: 2.1\nName: Acme.Audit\nVersion: 1.2.3\n\nName: not this\n",
    "nameless": b"Metadata-Version: 2.1\nVersion: 1.2.3\n",
    "garbage": b"nonsense\n:\nName\nVersion: 7\n",
    "lower case": b"name: acme\nversion: 3\n",
    "twice": b"Name: first\nName: second\nVersion: 1\n",
    "invalid UTF-8": b"Name: acme\nVersion: 1\n\xff\xfe",
}

FOLDERS = [
    "acme_audit-1.2.3.dist-info",
    "acme_audit-1.3.dist-info",
    "Acme.Audit-1.2.3.dist-info",
    "acme-audit.egg-info",
    "acme__audit-1-py3.11.egg-info",
    "other-2.dist-info",
    "other.dist-info",
    "UPPER-1.DIST-INFO",
    ".dist-info",
    "-1.dist-info",
    "no_metadata",
    "almost-1.dist-info.bak",
]


def write_distribution(folder, name, entry_points, metadata):
    """Write one metadata folder."""
    target = Path(folder, name)
    target.mkdir(parents=True)
    metadata_name = "PKG-INFO" if name.endswith(".egg-info") else "METADATA"
    for file, content in (("entry_points.txt", ENTRY_POINTS[entry_points]), (metadata_name, METADATA[metadata])):
        if content is not None:
            (target / file).write_bytes(content)


def zip_of(folder):
    """Pack a folder as a zip file beside it."""
    target = Path(f"{folder}.zip")
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("some_module.py", "")
        for file in sorted(Path(folder).rglob("*"), reverse=True):
            archive.write(file, str(file.relative_to(folder)))
    return str(target)


def unchecked(found):
    """Return plugins without the mark that a manifest adds."""
    return [FoundPlugin(*plugin.as_tuple()[:4], checked=False) for plugin in found]


def freeze(folder):
    """Write the manifest of a folder."""
    Path(folder, MANIFEST_NAME).write_text(json.dumps(build_manifest(str(folder))))


site_packages = st.lists(
    st.dictionaries(
        st.sampled_from(FOLDERS),
        st.tuples(st.sampled_from(sorted(ENTRY_POINTS)), st.sampled_from(sorted(METADATA))),
        max_size=6,
    ),
    min_size=1,
    max_size=3,
)


@given(site_packages, st.data())
@settings(max_examples=120, deadline=None)
@example([dict.fromkeys(FOLDERS, ("one", "good"))], None)
@example([{f"{number}-1.dist-info": (name, "good") for number, name in enumerate(ENTRY_POINTS)}], None)
@example([{f"{number}-1.dist-info": ("one", name) for number, name in enumerate(METADATA)}], None)
@example([{"acme_audit-1.dist-info": ("one", "good")}, {"Acme.Audit-2.dist-info": ("several", "good")}], None)
def test_all_ways_find_the_same_plugins(folders, data):
    """Direct scan, importlib.metadata, manifest and zip files give equal lists for any site-packages."""
    with tempfile.TemporaryDirectory() as root:
        path = [os.path.join(root, f"site{number}") for number in range(len(folders))]  # noqa: PTH118  # sys.path has text
        for folder, distributions in zip(path, folders, strict=True):
            Path(folder).mkdir()
            for name, (entry_points, metadata) in distributions.items():
                write_distribution(folder, name, entry_points, metadata)
        zips = [zip_of(folder) for folder in path]
        missing = [os.path.join(root, "missing")]  # noqa: PTH118  # as above
        order = [0] if data is None else data.draw(st.lists(st.integers(0, len(path) - 1), min_size=1, max_size=5))
        searched = [path[number] for number in order] + missing

        scanned = find_plugins(searched)
        by_metadata = find_with_metadata(searched)
        zipped = find_plugins([zips[number] for number in order])
        mixed = find_plugins([(zips if place % 2 else path)[number] for place, number in enumerate(order)])
        for folder in path:
            freeze(folder)
        frozen = find_plugins(searched)

    assert by_metadata == scanned
    assert zipped == scanned
    assert mixed == scanned
    assert unchecked(frozen) == scanned
    assert all(plugin.checked for plugin in frozen)


WELL_FORMED = sorted(set(ENTRY_POINTS) - {"garbage lines", "invalid UTF-8", "missing"})


@pytest.mark.parametrize("entry_points", WELL_FORMED)
def test_entry_points_are_read_as_the_standard_library_reads_them(entry_points, tmp_path):
    """For a file that importlib.metadata can read at all, names and values are the ones it gives."""
    write_distribution(tmp_path, "acme-1.dist-info", entry_points, "good")
    standard = importlib.metadata.Distribution.at(tmp_path / "acme-1.dist-info").entry_points

    found = find_plugins([str(tmp_path)])

    expected = standard.select(group="lambda_powertools.plugins")
    assert [(plugin.name, plugin.value) for plugin in found] == [(entry.name, entry.value) for entry in expected]


def test_a_plugin_knows_its_distribution(tmp_path):
    """Name and version come from the metadata, else from the folder's name."""
    write_distribution(tmp_path, "acme_audit-1.2.3.dist-info", "one", "good")
    write_distribution(tmp_path, "bare-4.dist-info", "one", "missing")

    found = find_plugins([str(tmp_path)])

    assert found == [
        FoundPlugin("audit", "acme.audit:Plugin", "Acme.Audit", "1.2.3", checked=False),
        FoundPlugin("audit", "acme.audit:Plugin", "bare", "4", checked=False),
    ]
    assert found[0].origin == "Acme.Audit 1.2.3"


def test_the_first_of_two_installations_counts(tmp_path):
    """Of one distribution in two folders, spelt in two ways, the first on the path has the plugins."""
    write_distribution(tmp_path / "first", "acme_audit-2.dist-info", "one", "missing")
    write_distribution(tmp_path / "second", "Acme.Audit-1.dist-info", "several", "missing")
    path = [str(tmp_path / "first"), str(tmp_path / "second")]

    assert [plugin.origin for plugin in find_plugins(path)] == ["acme_audit 2"]
    assert [plugin.origin for plugin in find_plugins(path[::-1])] == ["Acme.Audit 1"] * 3


def test_500_distributions(tmp_path):
    """Of 500 distributions, a tenth with plugins, all ways find the same 50, and the manifest without a scan."""
    for number in range(500):
        write_distribution(
            tmp_path, f"dist{number:03}-1.dist-info", "one" if number % 10 == 0 else "other group only", "missing"
        )
    path = [str(tmp_path)]

    scanned = find_plugins(path)
    freeze(tmp_path)
    for file in tmp_path.glob("*/entry_points.txt"):
        file.unlink()  # what is frozen is not read again
    frozen = find_plugins(path)

    assert [plugin.distribution for plugin in scanned] == [f"dist{number:03}" for number in range(0, 500, 10)]
    assert unchecked(frozen) == scanned


def test_the_empty_path_entry_is_the_current_folder(tmp_path, monkeypatch):
    """'' in sys.path means the current folder, for all ways, and counts once with '.'."""
    write_distribution(tmp_path, "acme-1.dist-info", "one", "good")
    monkeypatch.chdir(tmp_path)

    assert len(find_plugins([""])) == 1
    assert find_plugins(["", ".", str(tmp_path)]) == find_plugins([""]) == find_with_metadata([""])


def test_folders_that_cannot_be_read_hold_nothing(tmp_path):
    """A loop of links, a missing folder, a null byte, a text file, a broken zip and no text at all are passed over."""
    write_distribution(tmp_path / "good", "acme-1.dist-info", "one", "good")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "text").write_text("text")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "empty.egg").mkdir()
    odd = [
        *(str(tmp_path / name) for name in ("loop", "text", "broken.zip", "empty.egg", "missing")),
        "\0",
        b"x",
        5,
        None,
    ]

    for entry in odd:
        assert len(find_plugins([entry, str(tmp_path / "good")])) == 1, entry
        assert len(find_with_metadata([entry, str(tmp_path / "good")])) == 1, entry


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_holds_nothing(tmp_path):
    """A folder that may not be listed is passed over, as imports pass over it."""
    write_distribution(tmp_path / "closed", "acme-1.dist-info", "one", "good")
    (tmp_path / "closed").chmod(0)
    try:
        assert find_plugins([str(tmp_path / "closed")]) == find_with_metadata([str(tmp_path / "closed")]) == []
    finally:
        (tmp_path / "closed").chmod(0o700)


@pytest.mark.parametrize("file", ["entry_points.txt", "METADATA"])
@pytest.mark.parametrize("obstacle", ["folder", "loop"])
def test_files_that_cannot_be_read_are_as_good_as_missing(file, obstacle, tmp_path):
    """A metadata file that is a folder, or a link to itself, spoils nothing for the other distributions."""
    write_distribution(tmp_path, "acme-1.dist-info", "one", "good")
    write_distribution(tmp_path, "other-1.dist-info", "several", "missing")
    target = tmp_path / "acme-1.dist-info" / file
    target.unlink()
    target.mkdir() if obstacle == "folder" else target.symlink_to(target.name)

    found = find_plugins([str(tmp_path)])

    assert len(found) == (3 if file == "entry_points.txt" else 4)
    assert found == find_with_metadata([str(tmp_path)])


def test_an_old_egg_is_read(tmp_path):
    """A folder `*.egg` on the path holds one distribution, in EGG-INFO."""
    write_distribution(tmp_path / "acme-1.egg", "EGG-INFO", "one", "missing")
    (tmp_path / "acme-1.egg" / "EGG-INFO" / "PKG-INFO").write_text("Name: acme\nVersion: 1\n")

    assert [plugin.origin for plugin in find_plugins([str(tmp_path / "acme-1.egg")])] == ["acme 1"]


def test_a_finder_of_its_own_is_asked(tmp_path, monkeypatch):
    """A finder on sys.meta_path that offers distributions is heard: the search goes through importlib.metadata."""

    class Remote(importlib.metadata.Distribution):
        def __init__(self, fails):
            self.fails = fails

        def read_text(self, filename):
            if self.fails:
                raise ConnectionError
            return {"METADATA": "Name: remote\nVersion: 9\n", "entry_points.txt": f"{GROUP}\nfar = away:Plugin"}.get(
                filename
            )

        def locate_file(self, path):
            return tmp_path / path

    class Finder(importlib.metadata.DistributionFinder):
        def find_distributions(self, context=None):
            return [Remote(fails=True), Remote(fails=False)]

        def find_spec(self, *_):
            return None

    monkeypatch.setattr("sys.meta_path", [Finder()])
    monkeypatch.setattr("sys.path", [])

    assert find_plugins() == [FoundPlugin("far", "away:Plugin", "remote", "9", checked=False)]


MANIFEST_DAMAGE = {
    "distribution added": lambda folder: write_distribution(folder, "new-1.dist-info", "one", "missing"),
    "distribution removed": lambda folder: (folder / "gone-1.dist-info").rmdir(),
    "distribution updated": lambda folder: (folder / "gone-1.dist-info").rename(folder / "gone-2.dist-info"),
    "other format": lambda folder: rewrite(folder, format=2),
    "not JSON": lambda folder: (folder / MANIFEST_NAME).write_text("{"),
    "empty": lambda folder: (folder / MANIFEST_NAME).write_text(""),
    "a list": lambda folder: (folder / MANIFEST_NAME).write_text("[]"),
    "a key missing": lambda folder: rewrite(folder, plugins=None),
    "plugins of another shape": lambda folder: rewrite(folder, plugins=[["a", "b"]]),
    "invalid UTF-8": lambda folder: (folder / MANIFEST_NAME).write_bytes(b"\xff"),
    "a folder": lambda folder: ((folder / MANIFEST_NAME).unlink(), (folder / MANIFEST_NAME).mkdir()),
}


def rewrite(folder, **changes):
    """Change members of a folder's manifest."""
    manifest = json.loads((folder / MANIFEST_NAME).read_text())
    (folder / MANIFEST_NAME).write_text(json.dumps({**manifest, **changes}))


@pytest.mark.parametrize("damage", MANIFEST_DAMAGE.values(), ids=MANIFEST_DAMAGE)
def test_a_manifest_that_does_not_match_is_ignored(damage, tmp_path):
    """What is installed counts: a manifest of another state, or that cannot be read, is as good as none."""
    write_distribution(tmp_path, "acme-1.dist-info", "several", "good")
    (tmp_path / "gone-1.dist-info").mkdir()
    freeze(tmp_path)
    assert all(plugin.checked for plugin in find_plugins([str(tmp_path)]))

    damage(tmp_path)

    found = find_plugins([str(tmp_path)])
    assert len(found) >= 3
    assert not any(plugin.checked for plugin in found)
    assert found == find_with_metadata([str(tmp_path)])


def test_a_manifest_for_another_hook_api_saves_the_scan_but_not_the_check(tmp_path):
    """Plugins frozen with other hooks are checked again when they are used."""
    write_distribution(tmp_path, "acme-1.dist-info", "one", "good")
    freeze(tmp_path)
    rewrite(tmp_path, hook_api=discovery.HOOK_API_VERSION + 1)

    assert [plugin.checked for plugin in find_plugins([str(tmp_path)])] == [False]


def test_each_folder_has_its_own_manifest(tmp_path):
    """A folder that is frozen and one that is not are found together, each distribution once."""
    write_distribution(tmp_path / "layer", "acme-1.dist-info", "one", "missing")
    write_distribution(tmp_path / "task", "acme-2.dist-info", "one", "missing")
    write_distribution(tmp_path / "task", "other-1.dist-info", "one", "missing")
    path = [str(tmp_path / "layer"), str(tmp_path / "task")]
    scanned = find_plugins(path)
    freeze(tmp_path / "layer")

    found = find_plugins(path)

    assert unchecked(found) == scanned
    assert [(plugin.origin, plugin.checked) for plugin in found] == [("acme 1", True), ("other 1", False)]


def test_a_search_of_folders_does_not_import_importlib_metadata(run_python):
    """On the usual path nothing heavy is imported to find plugins, and nothing of a plugin."""
    program = """
        import sys
        from lambda_powertools.core import get_registry
        get_registry()
        print([name for name in ("importlib.metadata", "zipfile", "email", "json", "pluggy") if name in sys.modules])
    """

    assert run_python(program).split() == ["[]"]
