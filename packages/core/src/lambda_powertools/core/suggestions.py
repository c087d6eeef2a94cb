"""For a typo, what was probably meant."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the tail of an error message: the closest known word, and all there are."""
    import difflib  # only ever needed to word an error

    candidates = sorted(known)
    close = difflib.get_close_matches(str(word), candidates, n=1, cutoff=0.6)
    hint = f": did you mean {close[0]!r}?" if close else ";"
    return f"{hint} known: {', '.join(candidates) or 'none'}"
