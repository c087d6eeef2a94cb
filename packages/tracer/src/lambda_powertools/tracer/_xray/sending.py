"""Sends a subsegment to the X-Ray daemon, without what the SDK does for its own log in between."""

from __future__ import annotations

import logging
from operator import attrgetter
from typing import Any

from aws_xray_sdk.core.emitters import udp_emitter
from aws_xray_sdk.core.emitters.udp_emitter import UDPEmitter

_HEADER = f"{udp_emitter.PROTOCOL_HEADER}{udp_emitter.PROTOCOL_DELIMITER}"
_steps = attrgetter("send_entity", "_send_data")
_steps_of_the_sdk = _steps(UDPEmitter)


def send(emitter: Any, subsegment: Any) -> None:
    """Have the emitter send a subsegment; if it is the SDK's own, do so in its stead."""
    if _is_the_sdks(emitter) and not udp_emitter.log.isEnabledFor(logging.DEBUG):
        try:
            document = f"{_HEADER}{subsegment.serialize()}".encode()
            emitter._socket.sendto(document, (emitter.ip, emitter.port))  # noqa: SLF001  # it has no other door
        except Exception:  # noqa: BLE001, S110  # it may try again, and is the one to complain
            pass
        else:
            return
    emitter.send_entity(subsegment)


def _is_the_sdks(emitter: Any) -> bool:
    return (
        type(emitter) is UDPEmitter
        and vars(emitter).keys().isdisjoint(("send_entity", "_send_data"))
        and _steps(UDPEmitter) == _steps_of_the_sdk
    )
