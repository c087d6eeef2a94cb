"""Write the skeleton of a new distribution under packages/: `hatch run new <name> "<what it is for>"`.

tests/contracts/test_skeleton.py holds every package to what is written here; change both together.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from string import Template

ROOT = Path(__file__).parent.parent
TEMPLATE = Path(__file__).parent / "template"


def create(name: str, summary: str, root: Path = ROOT) -> Path:
    """Create packages/<name> from the template and return its folder.

    Raises:
        SystemExit: the name is no distribution suffix, or the package exists.
    """
    if not name.replace("-", "").isalnum() or name != name.lower():
        sys.exit(f"{name!r} is not a package name: give lower-case words joined by '-', such as 'feature-flags'")
    target = root / "packages" / name
    if target.exists():
        sys.exit(f"packages/{name} exists already")
    module = name.replace("-", "_")
    values = {
        "name": name,
        "module": module,
        "title": name.replace("-", " ").capitalize(),
        "class_name": "".join(word.capitalize() for word in name.split("-")),
        "summary": summary.rstrip("."),
    }
    for source in sorted(TEMPLATE.rglob("*.tmpl")):
        path = target / str(source.relative_to(TEMPLATE)).replace("MODULE", module).removesuffix(".tmpl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(source.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", target / "LICENSE")
    return target


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit('usage: hatch run new <name> "<what it is for>"')
    created = create(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else f"{sys.argv[1]} for AWS Lambda functions")
    print(
        f"created {created.relative_to(ROOT)}; next: its plugin.py, its README, tests/{created.name.replace('-', '_')}"
    )
