"""Which records must wait for each other when several are handled at once."""

from __future__ import annotations

from collections import deque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.batch._run import Run

Lane = deque[int]


def lanes_of(run: Run, on_error: str, max_concurrency: int | None) -> deque[Lane]:
    """Return the places of the records in lanes: those of one lane are handled one after the other.

    Args:
        run: the batch.
        on_error: where records stop after a failure, those that it may concern share a lane.
        max_concurrency: how many are wanted at once; None leaves it to the policy.
    """
    places = range(len(run.records))
    if on_error == "stop" and max_concurrency is None:
        return deque([deque(places)])
    if run.gate is None or not run.gate.keeps_groups:
        return deque(deque([place]) for place in places)
    lanes: deque[Lane] = deque()
    by_group: dict[object, Lane] = {}
    for place in places:
        group = run.gate.group_of(run.records[place])
        if group is None:
            lanes.append(deque([place]))
        elif group in by_group:
            by_group[group].append(place)
        else:
            lane = by_group[group] = deque([place])
            lanes.append(lane)
    return lanes
