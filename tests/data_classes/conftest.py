"""Events that AWS wrote: the templates of aws-sam-cli."""

from __future__ import annotations

import pytest
from sam_samples import sam_sample


@pytest.fixture
def sample():
    """Return what gives a sample event with the default values of its variables."""
    return sam_sample
