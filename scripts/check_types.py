"""Check the types of every package strictly: `hatch run types [path …]`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

sources = sorted(ROOT.glob("packages/*/src"))
environment = {**os.environ, "MYPYPATH": os.pathsep.join(map(str, sources))}
targets = sys.argv[1:] or [str(source.relative_to(ROOT)) for source in sources]
sys.exit(subprocess.run([sys.executable, "-m", "mypy", *targets], cwd=ROOT, env=environment, check=False).returncode)
