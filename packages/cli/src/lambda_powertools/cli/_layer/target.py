"""The machine that a layer is for.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from __future__ import annotations

from typing import NamedTuple

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
ARCHITECTURES = ("x86_64", "arm64")

_MACHINES = {"x86_64": "x86_64", "arm64": "aarch64"}
# The oldest C library that a runtime has: Amazon Linux 2 has glibc 2.26, Amazon Linux 2023 has 2.34.
_PLATFORMS = {"3.10": "manylinux_2_17", "3.11": "manylinux_2_17", "3.12": "manylinux_2_34", "3.13": "manylinux_2_34"}


class Target(NamedTuple):
    """A runtime of Lambda.

    Attributes:
        python: its Python, such as "3.13".
        architecture: "x86_64" or "arm64", as Lambda calls them.
    """

    python: str
    architecture: str

    @property
    def runtime(self) -> str:
        """Its name in AWS's templates."""
        return f"python{self.python}"

    @property
    def platform(self) -> str:
        """The platform that wheels are chosen for."""
        return f"{_MACHINES[self.architecture]}-{_PLATFORMS[self.python]}"
