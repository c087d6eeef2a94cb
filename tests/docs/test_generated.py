"""Generated tables say what the code says when it is run, though they are made without running it."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest
from docs_site import errors, front, hooks_reference, options, plugins, project, settings
from docs_site.directives import DIRECTIVE

from lambda_powertools.core import Settings, get_registry, hookspecs
from lambda_powertools.core.settings import Setting


def asked(name):
    """Return the arguments with which pages ask for a generated part."""
    found = set()
    for page in project.pages():
        for match in DIRECTIVE.finditer((project.PAGES / page).read_text(encoding="utf-8")):
            if match["name"] == name:
                found |= set(match["arguments"].split())
    return sorted(found)


@pytest.mark.parametrize("dotted", asked("options"))
def test_options_are_those_of_the_signature(dotted):
    """A table of options has the parameters that are taken, in their order, with their defaults."""
    module, _, name = dotted.partition(":")
    owner = getattr(importlib.import_module(module), name)
    taken = [
        parameter
        for parameter in inspect.signature(owner).parameters.values()
        if parameter.kind not in {parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL}
    ]

    rows = options.options(dotted)

    assert [row[0] for row in rows] == [parameter.name for parameter in taken]
    for (option, _, default, meaning), parameter in zip(rows, taken, strict=True):
        assert meaning, option
        if parameter.default is parameter.empty:
            assert default == "", option
        elif isinstance(parameter.default, (str, int, float, bool, type(None), tuple)):
            assert eval(default, vars(importlib.import_module(module))) == parameter.default, option  # noqa: S307


def test_variables_are_those_that_the_settings_read():
    """The table of variables has each variable of the core's `Settings`, with its default."""
    declared = {item.variable: item for item in vars(Settings).values() if isinstance(item, Setting)}
    table = settings.variables()

    assert {name for name, variable in table.items() if variable.package == "core"} == set(declared)
    for name, item in declared.items():
        if item.default is None or item.default == frozenset():
            assert table[name].default in {"None", "frozenset()"}
        else:
            assert eval(table[name].default) == item.default, name  # noqa: S307  # a literal of ours


def test_variables_of_packages_are_in_the_table():
    """Each variable that any package declares a setting for has its row, and no other has one."""
    written = set()
    for package in project.packages():
        for path in package.source.rglob("*.py"):
            written |= set(re.findall(r'= Setting\(\s*"(\w+)"', path.read_text(encoding="utf-8")))

    assert set(settings.variables()) == written - {"AUDIT_DELAY"}  # an example in a docstring


@pytest.mark.parametrize("module", asked("errors"))
def test_errors_are_the_exceptions_of_the_module(module):
    """A table of errors has each public exception that the module offers, below the base that it is derived from."""
    loaded = importlib.import_module(module)
    public = {
        name: item
        for name, item in vars(loaded).items()
        if inspect.isclass(item) and issubclass(item, Exception) and not name.startswith("_")
    }
    private = f"{module.rpartition('.')[0]}._"
    own = {item for item in public.values() if item.__module__ == module or item.__module__.startswith(private)}

    rows = errors.errors(module)

    assert {public[name] for _, name, _, _ in rows} == own
    assert len(rows) == len(own)
    path = []
    for depth, name, others, meaning in rows:
        path[depth:] = [name]
        assert meaning, name
        assert all(issubclass(public[name], public[above]) for above in path[:depth]), path
        assert all(issubclass(public[name], getattr(__import__("builtins"), other)) for other in others), name


def test_the_hooks_are_those_of_the_specification():
    """The reference of the hooks has a heading for each, with its exact arguments, and all that its docstring says."""
    text = hooks_reference.hooks_reference()
    hooks = [item for item in vars(hookspecs).values() if hasattr(item, "lambda_powertools_spec")]

    headings = [f"### `{hook.__name__}({', '.join(inspect.signature(hook).parameters)})`" for hook in hooks]
    assert [line for line in text.splitlines() if line.startswith("###")] == headings
    for hook in hooks:
        words = re.sub(r"(Called|Order|May change|If it raises):", "", inspect.getdoc(hook)).split()
        assert [word for word in words if word not in text] == []


def test_the_plugins_are_those_that_are_installed():
    """The table of plugins has name, order and way of failing of each plugin that the registry finds."""
    found = {info.name: info for info in get_registry().describe()}

    for plugin in plugins.plugins():
        assert (plugin.order, plugin.on_failure) == (found[plugin.name].order, found[plugin.name].on_failure)
    assert [(plugin.order, plugin.name) for plugin in plugins.plugins()] == sorted(
        (info.order, name) for name, info in found.items() if (info.distribution or "").startswith("lambda-powertools")
    )


def test_the_front_page_has_a_card_for_every_package():
    """Each distribution of the README's table has its card, with a link to its page."""
    text = front.cards("index.md")

    for package in project.packages():
        assert f"]({project.homes()[f'packages/{package.name}']})" in text
