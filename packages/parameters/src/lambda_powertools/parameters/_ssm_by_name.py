"""Several parameters of Parameter Store by their names: in as few calls as possible, each cached by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.parameters._client_provider import ClientProvider
from lambda_powertools.parameters._masking import mask
from lambda_powertools.parameters._settings import resolve_max_age
from lambda_powertools.parameters.base import MISSING, transform_value
from lambda_powertools.parameters.exceptions import GetParameterError, TransformParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAX_NAMES = 10
"""Names in one call: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html"""

ERRORS_KEY = "_errors"


class _Wanted(NamedTuple):
    """A parameter that was asked for, and how."""

    name: str
    transform: str | None
    decrypt: bool
    max_age: int
    key: tuple[Any, ...]


class _Answer:
    """What has come so far: values by name, and the names that failed."""

    def __init__(self, fail_fast: bool) -> None:
        self.fail_fast = fail_fast
        self.values: dict[str, Any] = {}
        self.failed: list[str] = []


class ByNameProvider(ClientProvider):
    """The part of the SSM provider that fetches by name."""

    def _by_name(
        self,
        parameters: Mapping[str, Mapping[str, Any] | None],
        transform: str | None,
        decrypt: bool,
        max_age: int | None,
        raise_on_error: bool,
    ) -> dict[str, Any]:
        if not raise_on_error and ERRORS_KEY in parameters:
            raise GetParameterError(
                f"a parameter called {ERRORS_KEY!r} cannot be told from the list of errors: fetch it with "
                "raise_on_error=True"
            )
        wanted = [
            self._wanted(name, overrides or {}, transform, decrypt, max_age) for name, overrides in parameters.items()
        ]
        answer = _Answer(raise_on_error)
        missing = self._take_cached(wanted, answer)
        if missing:
            flight = tuple((one.key, raise_on_error) for one in missing)
            is_shared = all(one.max_age > 0 for one in missing)

            def load() -> _Answer:
                return self._load(missing, raise_on_error)

            loaded: _Answer = self._flights.run(flight if is_shared else object(), load)
            answer.values.update(loaded.values)
            answer.failed = loaded.failed
        values = {name: answer.values[name] for name in parameters if name in answer.values}
        return values if raise_on_error else {**values, ERRORS_KEY: list(answer.failed)}

    def _wanted(
        self, name: str, overrides: Mapping[str, Any], transform: str | None, decrypt: bool, max_age: int | None
    ) -> _Wanted:
        transform = overrides.get("transform", transform)
        own_decrypt, own_age = overrides.get("decrypt"), overrides.get("max_age")
        decrypt = decrypt if own_decrypt is None else bool(own_decrypt)
        seconds = resolve_max_age(max_age if own_age is None else own_age, self, name)
        key = self._build_cache_key(name, transform, False, {"decrypt": decrypt})  # noqa: FBT003  # not a path
        return _Wanted(name, transform, decrypt, seconds, key)

    def _take_cached(self, wanted: Iterable[_Wanted], answer: _Answer) -> list[_Wanted]:
        missing = []
        for one in wanted:
            value = self._cached(one.key)
            if value is MISSING:
                value = self._cached((one.name, one.transform))  # as users add them by hand
            if value is MISSING:
                missing.append(one)
            else:
                answer.values[one.name] = value
        return missing

    def _load(self, wanted: list[_Wanted], fail_fast: bool) -> _Answer:
        answer = _Answer(fail_fast)
        missing = self._take_cached(wanted, answer)  # another thread may have been quicker
        encrypted = [one for one in missing if one.decrypt]
        plain = [one for one in missing if not one.decrypt]
        if plain:
            # Asked for together, all would be decrypted, or none.
            for one in encrypted:
                self._fetch_group([one], answer, self._ask_for_one)
        else:
            plain, encrypted = encrypted, []
        for start in range(0, len(plain), MAX_NAMES):
            self._fetch_group(plain[start : start + MAX_NAMES], answer, self._ask_for_batch)
        return answer

    def _fetch_group(
        self,
        group: list[_Wanted],
        answer: _Answer,
        ask: Callable[[list[_Wanted], bool], tuple[dict[str, Any], list[str]]],
    ) -> None:
        generation = self._generation
        try:
            values, failed = ask(group, answer.fail_fast)
        except Exception as error:  # noqa: BLE001  # raised again, or reported
            self._serve_stale(group, answer, error)
            return
        answer.failed += failed
        for one in group:
            if one.name in values:
                self._accept(one, values[one.name], answer, is_current=generation == self._generation)

    def _ask_for_one(self, group: list[_Wanted], fail_fast: bool) -> tuple[dict[str, Any], list[str]]:
        (one,) = group
        try:
            return {one.name: self._get(one.name, decrypt=True)}, []
        except Exception as error:
            if fail_fast or not _is_unknown(error):
                raise
            return {}, [one.name]

    def _ask_for_batch(self, group: list[_Wanted], fail_fast: bool) -> tuple[dict[str, Any], list[str]]:
        names = {one.name: {"transform": one.transform, "max_age": one.max_age} for one in group}
        return self._get_parameters_by_name(names, raise_on_error=fail_fast, decrypt=group[0].decrypt)

    def _get_parameters_by_name(
        self, parameters: Mapping[str, Any], raise_on_error: bool = True, decrypt: bool = False
    ) -> tuple[dict[str, Any], list[str]]:
        raise NotImplementedError

    def _accept(self, one: _Wanted, value: Any, answer: _Answer, *, is_current: bool) -> None:
        try:
            value = transform_value(value, one.transform, key=one.name)
        except TransformParameterError:
            if answer.fail_fast:
                raise
            answer.failed.append(one.name)
            return
        answer.values[one.name] = value
        if is_current:
            self.add_to_cache(one.key, value, one.max_age)

    def _serve_stale(self, group: list[_Wanted], answer: _Answer, error: Exception) -> None:
        failed = []
        for one in group:
            try:
                answer.values[one.name] = self._stale_value(one.key, None, error)
            except Exception:  # noqa: BLE001, PERF203  # `error` itself: there is no value to serve
                failed.append(one.name)
        if not failed:
            return
        if answer.fail_fast:
            if isinstance(error, GetParameterError):
                raise error
            raise GetParameterError(str(error) or type(error).__name__) from error
        from lambda_powertools.core.package_logger import report_failure

        answer.failed += failed
        report_failure(f"parameters cannot be fetched: {', '.join(failed)}", error)


def match_answers(response: Mapping[str, Any], names: list[str], decrypt: bool) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a GetParameters response by the names that were asked for, and those without a value.

    The service answers in any order, and with the plain name where a version, a label or an ARN was asked for.
    """
    asked = set(names)
    found: dict[str, Any] = {}
    for parameter in response.get("Parameters", []):
        selector = parameter.get("Selector") or ""
        for known in (parameter.get("Name"), parameter.get("ARN")):
            name = f"{known}{selector}"
            if known and name in asked:
                found[name] = parameter["Value"]
        if decrypt and parameter.get("Type", "SecureString") == "SecureString":
            mask(parameter["Value"])
    return found, [name for name in names if name not in found]


def _is_unknown(error: Exception) -> bool:
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code", "") if isinstance(response, dict) else ""
    return code in {"ParameterNotFound", "ParameterVersionNotFound", "InvalidKeyId"}
