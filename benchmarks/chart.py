"""The bar chart of a comparison: each bar is our time as a share of the original's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from report import TIMES, duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measuring import Result

_WIDTH = 880
_LEFT = 290
_FULL = 380  # width of the original's time
_ROW = 34
_TOP = 64
_BAR = 16

# Colours with enough contrast on white and on GitHub's dark background; the media query swaps the ones that differ.
_STYLE = """
  text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; }
  .quiet { fill: #59636e; }
  .figure { font-weight: 600; }
  .rest { fill: #d1d9e0; }
  .ours { fill: #1a7f64; }
  .over { fill: #bc4c00; }
  .goal { stroke: #1f2328; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .rest { fill: #3d444d; }
    .ours { fill: #3fb68b; }
    .over { fill: #f0883e; }
    .goal { stroke: #f0f6fc; }
  }
"""


def bar_chart(results: Iterable[Result]) -> str:
    """Return an SVG document with a bar for each scenario that has both libraries."""
    rows = [result for result in results if result.ratio is not None]
    height = _TOP + _ROW * len(rows) + 34
    body = "\n".join(_row(result, _TOP + _ROW * index) for index, result in enumerate(rows))
    description = "; ".join(f"{result.title}: {result.ratio:.2f} times the original" for result in rows)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t d">
<title id="t">Time of Lambda Powertools, plugin edition, relative to aws-lambda-powertools</title>
<desc id="d">{escape(description)}</desc>
<style>{_STYLE}</style>
<text class="title" x="16" y="26">Time relative to aws-lambda-powertools (shorter is better)</text>
<text class="quiet" x="{_LEFT}" y="50">0</text>
<text class="quiet" x="{_LEFT + _FULL}" y="50" text-anchor="end">original = 100 %</text>
{body}
<text class="quiet" x="16" y="{height - 12}">grey: the original · green: ours · vertical mark: the goal</text>
</svg>
"""


def _row(result: Result, y: int) -> str:
    ratio = result.ratio or 0.0
    ours, original = result.figures["ours"].median, result.figures["original"].median
    middle = y + _BAR - 3
    goal = None if result.goal is None else _LEFT + _FULL * result.goal[1]
    width, colour = _FULL * min(ratio, 1.0), "ours" if ratio <= 1 else "over"
    figure = f'<tspan class="figure">{ratio:.2f}{TIMES}</tspan>'
    times = f'<tspan class="quiet" dx="8">{duration(ours)} vs {duration(original)}</tspan>'
    return "\n".join(
        [
            f'<text x="{_LEFT - 12}" y="{middle}" text-anchor="end">{escape(result.title)}</text>',
            f'<rect class="rest" x="{_LEFT}" y="{y}" width="{_FULL}" height="{_BAR}" rx="3"/>',
            f'<rect class="{colour}" x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="3"/>',
            *(
                []
                if goal is None
                else [f'<line class="goal" x1="{goal:.1f}" y1="{y - 3}" x2="{goal:.1f}" y2="{y + _BAR + 3}"/>']
            ),
            f'<text x="{_LEFT + _FULL + 10}" y="{middle}">{figure}{times}</text>',
        ]
    )
