"""Many values at once, from wherever they are: what to fetch is written as `ssm:/name?transform=json`.

    ssm:/shop/url                       a parameter of Parameter Store (`ssm:` may be left out before a slash)
    secret:shop/database                a secret of Secrets Manager
    appconfig:shop/prod/settings        a configuration of AppConfig: application, environment, profile

Options follow a question mark: `transform` (json, binary, auto), `max_age` (seconds), and for `ssm` `decrypt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters.base import MISSING
from lambda_powertools.parameters.exceptions import ParameterSourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAX_WORKERS = 8

_KINDS = ("ssm", "secret", "appconfig")
_TRANSFORMS = ("json", "binary", "auto")
_APPCONFIG_PARTS = 3


class Source:
    """What is to be fetched, from where, and how.

    Args:
        text: `ssm:/name`, `secret:name` or `appconfig:application/environment/name`, with options after a `?`.

    Raises:
        ParameterSourceError: it cannot be understood.

    Example:
        >>> source = Source("ssm:/shop/limits?transform=json&max_age=60")
        >>> source.name, source.transform, source.max_age
        ('/shop/limits', 'json', 60)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        address, _, query = text.partition("?")
        kind, colon, name = address.partition(":")
        if address.startswith("/"):
            kind, name = "ssm", address
        elif not colon or kind not in _KINDS:
            self._refuse("begin it with ssm:, secret: or appconfig:")
        if not name:
            self._refuse("the name is missing")
        self.kind = kind
        self.name = name
        self.application = self.environment = ""
        if kind == "appconfig":
            parts = name.split("/")
            if len(parts) != _APPCONFIG_PARTS or not all(parts):
                self._refuse("write appconfig:application/environment/name")
            self.application, self.environment, self.name = parts
        self.transform: Any = None
        self.max_age: int | None = None
        self.decrypt: bool | None = None
        if query:
            self._read_options(query)

    def cached(self) -> Any:
        """Return the value if it is cached and live, else `MISSING`."""
        from lambda_powertools.parameters._settings import resolve_decrypt
        from lambda_powertools.parameters.base import BaseProvider

        provider = self._provider()
        if not isinstance(provider, BaseProvider):
            return MISSING
        decrypt = self.kind == "ssm" and resolve_decrypt(self.decrypt)
        return provider.cached(self.name, self.transform, decrypt)

    def fetch(self) -> Any:
        """Return the value, from the cache or from its service."""
        from lambda_powertools.parameters import appconfig, secrets, ssm

        options: dict[str, Any] = {"transform": self.transform, "max_age": self.max_age}
        if self.kind == "ssm":
            return ssm.get_parameter(self.name, decrypt=self.decrypt, **options)
        if self.kind == "secret":
            return secrets.get_secret(self.name, **options)
        return appconfig.get_app_config(self.name, self.environment, self.application, **options)

    @property
    def settings(self) -> tuple[Any, ...]:
        """What parameters must have in common to be fetched in one call."""
        return (self.transform, self.max_age, self.decrypt)

    def _provider(self) -> Any:
        from lambda_powertools.parameters import appconfig, secrets, ssm

        if self.kind == "ssm":
            return ssm.default_provider()
        if self.kind == "secret":
            return secrets.default_provider()
        return appconfig.default_provider(self.environment, self.application)

    def _read_options(self, query: str) -> None:
        from urllib.parse import parse_qsl

        from lambda_powertools.core.settings import boolean

        name = value = ""
        try:
            for name, value in parse_qsl(query, keep_blank_values=True):
                if name == "transform" and value in _TRANSFORMS:
                    self.transform = value
                elif name == "max_age":
                    self.max_age = int(value)
                elif name == "decrypt" and self.kind == "ssm":
                    self.decrypt = boolean(value)
                else:
                    self._refuse_option(name, value)
        except ParameterSourceError:
            raise
        except ValueError as error:
            self._refuse(f"{name} is {value!r}: {error}")

    def _refuse_option(self, name: str, value: str) -> None:
        if name == "transform":
            self._refuse(f"transform is {value!r}: known are {', '.join(_TRANSFORMS)}")
        known = "transform, max_age" + (", decrypt" if self.kind == "ssm" else "")
        self._refuse(f"{self.kind} has no option {name!r}, it has {known}")

    def _refuse(self, problem: str) -> None:
        raise ParameterSourceError(f"{self.text!r} is no source of a parameter: {problem}")


def as_source(value: Any) -> Any:
    """Return a `Source` for a text, a callable as it is.

    Raises:
        ParameterSourceError: it is neither, or the text cannot be understood.
    """
    if isinstance(value, str):
        return Source(value)
    if isinstance(value, Source) or callable(value):
        return value
    raise ParameterSourceError(f"a source is a text such as 'ssm:/name' or a callable, not {type(value).__name__}")


def prefetch(
    sources: Iterable[str | Callable[[], Any]] | Mapping[str, str | Callable[[], Any]],
    *,
    raise_on_error: bool = True,
    max_workers: int = MAX_WORKERS,
) -> dict[Any, Any]:
    """Fetch many values at once, in parallel threads, so that they are cached when they are needed.

    At the top of a module it runs in Lambda's INIT phase, before the first request. Parameters of Parameter Store with
    the same options are fetched by one call.

    Args:
        sources: texts such as `"ssm:/name"`, see this module, or callables that fetch; with a mapping, by name.
        raise_on_error: without, what cannot be fetched is left out and reported on stderr.
        max_workers: threads at most.

    Returns:
        The values, by the names of the mapping, else by the sources themselves.

    Raises:
        ParameterSourceError: a source cannot be understood.
        GetParameterError: one cannot be fetched.
        TransformParameterError: one cannot be decoded.

    Example:
        >>> from lambda_powertools.parameters import DEFAULT_PROVIDERS, SSMProvider, clear_caches, get_parameter
        >>> class Client:
        ...     def get_parameters(self, Names):
        ...         return {"Parameters": [{"Name": name, "Type": "String", "Value": name.upper()} for name in Names]}
        >>> DEFAULT_PROVIDERS["ssm"] = SSMProvider(boto3_client=Client())
        >>> prefetch(["ssm:/shop/url", "ssm:/shop/currency"])
        {'ssm:/shop/url': '/SHOP/URL', 'ssm:/shop/currency': '/SHOP/CURRENCY'}
        >>> get_parameter("/shop/url")  # no call
        '/SHOP/URL'
        >>> clear_caches()
    """
    pairs = sources.items() if hasattr(sources, "items") else ((source, source) for source in sources)
    return resolve({key: as_source(source) for key, source in pairs}, max_workers=max_workers, strict=raise_on_error)


def resolve(sources: Mapping[Any, Any], *, max_workers: int = MAX_WORKERS, strict: bool = True) -> dict[Any, Any]:
    """Return the values of sources by their keys: what is cached as it is, the rest fetched in parallel threads."""
    values: dict[Any, Any] = {}
    missing: dict[Any, Any] = {}
    for key, source in sources.items():
        value = source.cached() if isinstance(source, Source) else MISSING
        if value is MISSING:
            missing[key] = source
        else:
            values[key] = value
    for found, error in _run(_jobs(missing), max_workers):
        if error is None:
            values.update(found)
        elif strict:
            raise error
        else:
            from lambda_powertools.core.package_logger import report_failure

            report_failure("a parameter cannot be fetched ahead", error)
    return {key: values[key] for key in sources if key in values}


def _jobs(missing: Mapping[Any, Any]) -> list[Callable[[], dict[Any, Any]]]:
    groups: dict[tuple[Any, ...], dict[Any, Source]] = {}
    jobs: list[Callable[[], dict[Any, Any]]] = []
    for key, source in missing.items():
        if isinstance(source, Source) and source.kind == "ssm":
            groups.setdefault(source.settings, {})[key] = source
        else:
            jobs.append(_single(key, source.fetch if isinstance(source, Source) else source))
    return [*(_group(group) for group in groups.values()), *jobs]


def _single(key: Any, fetch: Callable[[], Any]) -> Callable[[], dict[Any, Any]]:
    return lambda: {key: fetch()}


def _group(group: Mapping[Any, Source]) -> Callable[[], dict[Any, Any]]:
    def fetch() -> dict[Any, Any]:
        from lambda_powertools.parameters import ssm

        transform, max_age, decrypt = next(iter(group.values())).settings
        if len(group) == 1:
            return {key: source.fetch() for key, source in group.items()}
        names: dict[str, None] = dict.fromkeys(source.name for source in group.values())
        found = ssm.get_parameters_by_name(names, transform=transform, decrypt=decrypt, max_age=max_age)
        return {key: found[source.name] for key, source in group.items()}

    return fetch


def _run(
    jobs: list[Callable[[], dict[Any, Any]]], max_workers: int
) -> list[tuple[dict[Any, Any], BaseException | None]]:
    if len(jobs) < 2:  # noqa: PLR2004  # a thread for one job would only cost
        return [_outcome(job) for job in jobs]
    import contextvars
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(max_workers, len(jobs)), thread_name_prefix="lambda-powertools-parameters") as pool:
        running = [pool.submit(contextvars.copy_context().run, _outcome, job) for job in jobs]
        return [one.result() for one in running]


def _outcome(job: Callable[[], dict[Any, Any]]) -> tuple[dict[Any, Any], BaseException | None]:
    try:
        return job(), None
    except Exception as error:  # noqa: BLE001  # the others go on; the caller raises it
        return {}, error


__all__ = ["MAX_WORKERS", "Source", "as_source", "prefetch", "resolve"]
