"""What the models of HTTP events have in common."""

from typing import Literal

HttpMethod = Literal["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
