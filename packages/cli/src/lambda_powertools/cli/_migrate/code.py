"""Rewrites the Python code of one file: its imports, what is reached through them, and paths in strings."""

# ruff: noqa: N802  # libcst finds the methods of visitors by these names

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import (
    ImportAssignment,
    MetadataWrapper,
    ParentNodeProvider,
    PositionProvider,
    Scope,
    ScopeProvider,
)

from lambda_powertools.cli._migrate.lookup import Found, find_module, find_name, find_path
from lambda_powertools.cli._migrate.statements import expand_line, from_imports, plain_import
from lambda_powertools.cli._migrate.strings import path_in_call, replaced_string
from lambda_powertools.cli._migrate.table import OLD
from lambda_powertools.cli.exceptions import CliError

if TYPE_CHECKING:
    from collections.abc import Iterable


class UnkeptCodeError(CliError):
    """Code that would not stay as it is where nothing is to be changed."""


@dataclass
class Migrated:
    """The code of a file after it was rewritten.

    Attributes:
        code: all of it.
        notes: line, counted from 1 in the code as it was, and what is to be done there by hand.
    """

    code: str
    notes: list[tuple[int, str]] = field(default_factory=list)


def migrate_code(code: str) -> Migrated:
    """Rewrite code that imports the original library.

    Raises:
        libcst.ParserSyntaxError: it is no Python code.
        UnkeptCodeError: it cannot be written as it was read.
    """
    wrapper = MetadataWrapper(cst.parse_module(code))
    if wrapper.module.code != code:  # libcst drops a carriage return that ends a file alone
        raise UnkeptCodeError("its line ends cannot be kept")
    plan = _Plan()
    wrapper.visit(plan)
    rewritten = wrapper.module.visit(_Rewriting(plan))
    return Migrated(rewritten.code, sorted(set(plan.notes)))


@dataclass
class _Alias:
    """One name of an import statement.

    Attributes:
        old: the dotted path that it imports.
        found: where that has gone.
        is_ours: whether it is of the original library.
        is_reached: whether something with a new path is reached through it.
        is_needed: whether something that has none is.
    """

    old: str
    found: Found
    is_ours: bool = True
    is_reached: bool = False
    is_needed: bool = False

    @property
    def stays(self) -> bool:
        """Whether it is imported from where it was."""
        return self.is_needed or self.found.kind not in ("moved", "module")

    @property
    def is_dropped(self) -> bool:
        """Whether it is no longer needed: a package without a new home, whose modules are imported instead."""
        return self.found.kind == "parent" and self.is_reached and not self.is_needed


@dataclass
class _Statement:
    """An import statement: its names, and the modules to import beside them for what is reached through them."""

    aliases: list[_Alias]
    further: set[str] = field(default_factory=set)

    @property
    def modules(self) -> set[str]:
        """The new modules that it imports as such."""
        return {alias.found.module for alias in self.aliases if not alias.stays and alias.found.kind == "module"}


@dataclass(frozen=True)
class _Use:
    """A dotted path, or a name, that begins with what an import statement has bound.

    Attributes:
        node: all of the path.
        bindings: the statements and aliases that its first name may stand for, in the order of the code.
        is_root: whether that first name is the package of the original itself, as after `import a.b`.
        names: the names of the path.
        old: the path that it leads to.
        found: where that has gone.
    """

    node: cst.Attribute | cst.Name
    bindings: list[tuple[_Statement, _Alias]]
    is_root: bool
    names: list[str]
    old: str
    found: Found

    @property
    def is_moved(self) -> bool:
        """Whether it has a new path."""
        return self.found.kind in ("moved", "module")


class _Plan(cst.CSTVisitor):
    """Looks at code without changing it, and decides what becomes of each node."""

    METADATA_DEPENDENCIES = (ScopeProvider, PositionProvider, ParentNodeProvider)

    def __init__(self) -> None:
        super().__init__()
        self.statements: dict[cst.Import | cst.ImportFrom, _Statement] = {}
        self.paths: dict[cst.CSTNode, str] = {}
        self.strings: dict[cst.CSTNode, str] = {}
        self.notes: list[tuple[int, str]] = []
        self._known: set[cst.CSTNode] = set()
        self._uses: list[_Use] = []

    def visit_Module(self, node: cst.Module) -> None:
        """Read the import statements first: they may stand below what uses them."""
        node.visit(_Imports(self))

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """Look at a whole dotted path, not at the paths within it."""
        root: cst.BaseExpression = node
        while isinstance(root, cst.Attribute):
            root = root.value
        if isinstance(root, cst.Name) and not self._is_import(node):
            self._known.add(root)
            self._reach(node, root)
            return False
        return True

    def visit_Name(self, node: cst.Name) -> None:
        """Look at a name that stands alone: a module that is handed on as such."""
        if node not in self._known and not self._is_import(node):
            self._reach(node, node)

    def visit_Call(self, node: cst.Call) -> None:
        """Look for calls that take a path as text."""
        text = path_in_call(node)
        if text is None:
            return
        old = str(text.evaluated_value)
        found = find_path(old)
        self._known.add(text)
        if found.kind in ("moved", "module"):
            self.strings[text] = found.path
        else:
            reason = "a path of the original" if found.kind == "parent" else found.reason(old)
            self._note(text, f"the text {old!r} was left: {reason}")

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        """Note a text that is an old path, in a place that is not understood."""
        value = node.evaluated_value
        if node in self._known or not isinstance(value, str) or not (value == OLD or value.startswith(f"{OLD}.")):
            return
        if all(part.isidentifier() for part in value.split(".")):
            self._note(node, f"the text {value!r} was left: whether it is a path is not known")

    def add_import(self, node: cst.Import) -> None:
        """Decide what becomes of `import a.b, c as d`."""
        aliases = []
        for alias in node.names:
            old = get_full_name_for_node(alias.name) or ""
            is_ours = old.split(".")[0] == OLD
            aliases.append(_Alias(old, find_module(old) if is_ours else Found("unknown"), is_ours))
        if any(alias.is_ours for alias in aliases):
            self.statements[node] = _Statement(aliases)

    def add_import_from(self, node: cst.ImportFrom) -> None:
        """Decide what becomes of `from a import b, c as d`."""
        old_module = "" if node.relative or node.module is None else get_full_name_for_node(node.module) or ""
        if old_module.split(".")[0] != OLD:
            return
        if isinstance(node.names, cst.ImportStar):
            self._note(node, f"from {old_module} import * was left: name what you need, and migrate again")
            return
        aliases = []
        for alias in node.names:
            name = get_full_name_for_node(alias.name) or ""
            found = find_name(old_module, name)
            aliases.append(_Alias(f"{old_module}.{name}", found))
        self.statements[node] = _Statement(aliases)

    def leave_Module(self, original_node: cst.Module) -> None:
        """Decide, now that all uses are known, what is imported further and what has to be told."""
        del original_node
        for use in self._uses:
            self._mark(use)
        reached = [(use, path) for use in self._uses if (path := self._new_path(use)) is not None]
        for use, path in reached:
            self.paths[use.node] = path
            if path == use.found.path and not any(
                use.found.module in statement.modules for statement, _ in use.bindings
            ):
                use.bindings[0][0].further.add(use.found.module)
        for node, statement in self.statements.items():
            for alias in statement.aliases:
                if alias.found.kind in ("kept", "gone", "unknown") and alias.is_ours:
                    self._note(node, alias.found.reason(alias.old))
                elif alias.found.kind == "parent" and not (alias.is_reached or alias.is_needed):
                    self._note(node, f"{alias.old} was left: nothing in this file says what is needed of it")

    def _reach(self, node: cst.Attribute | cst.Name, root: cst.Name) -> None:
        """Decide what becomes of a path whose first name may be an import's."""
        scope = self.get_metadata(ScopeProvider, root, None)
        bound = list(self._bound(scope, root.value)) if isinstance(scope, Scope) else []
        if not bound:
            return
        _, alias, path = bound[0]
        is_root = root.value == OLD == path
        if not is_root and alias.found.kind not in ("module", "parent"):
            return  # it keeps being called what it is called here, or has been told of
        names = (get_full_name_for_node(node) or "").split(".")
        old = ".".join((path, *names[1:]))
        bindings = [(statement, other) for statement, other, _ in bound]
        self._uses.append(_Use(node, bindings, is_root, names, old, find_path(old)))

    def _mark(self, use: _Use) -> None:
        """Say of the aliases of a use whether what is reached through them needs the old import."""
        # What is gone is no reason to keep the import of a module whose other names have moved.
        is_needed = not use.is_moved and (use.is_root or use.found.kind in ("kept", "parent"))
        for _, alias in use.bindings:
            alias.is_reached = alias.is_reached or use.is_moved
            alias.is_needed = alias.is_needed or is_needed
        if not use.is_moved:
            is_whole = use.found.kind == "parent"
            self._note(use.node, f"{use.old} was left as it is" if is_whole else use.found.reason(use.old))

    def _new_path(self, use: _Use) -> str | None:
        """Return what is written for a use: nothing else, a path through the name that there is, or one in full."""
        alias = use.bindings[0][1]
        if not use.is_moved:
            return None
        if use.is_root or alias.found.kind == "parent":
            return use.found.path
        if alias.is_needed or use.found.path == ".".join((alias.found.module, *use.names[1:])):
            return None
        if use.found.path.startswith(f"{alias.found.module}."):
            return use.names[0] + use.found.path.removeprefix(alias.found.module)
        return use.found.path

    def _bound(self, scope: Scope, name: str) -> Iterable[tuple[_Statement, _Alias, str]]:
        """Yield each alias of ours that a name in a scope may stand for, with the old path that it is bound to."""
        nodes = {item.node for item in scope[name] if isinstance(item, ImportAssignment)}
        for node, statement in self.statements.items():  # in the order of the code
            if node not in nodes or isinstance(node.names, cst.ImportStar):
                continue
            for alias, imported in zip(statement.aliases, node.names, strict=True):
                given = imported.evaluated_alias
                if given is None and isinstance(node, cst.Import):
                    if alias.is_ours and name == OLD:
                        yield statement, alias, OLD
                elif alias.is_ours and name == (given or imported.evaluated_name):
                    yield statement, alias, alias.old

    def _is_import(self, node: cst.CSTNode) -> bool:
        parent: cst.CSTNode | None = node
        while parent is not None and isinstance(parent, (cst.Attribute, cst.Name)):
            parent = self.get_metadata(ParentNodeProvider, parent, None)
        return isinstance(parent, (cst.ImportAlias, cst.ImportFrom, cst.AsName))

    def _note(self, node: cst.CSTNode, text: str) -> None:
        position = self.get_metadata(PositionProvider, node)
        self.notes.append((position.start.line, text))


class _Imports(cst.CSTVisitor):
    def __init__(self, plan: _Plan) -> None:
        super().__init__()
        self._plan = plan

    def visit_Import(self, node: cst.Import) -> None:
        self._plan.add_import(node)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        self._plan.add_import_from(node)


class _Rewriting(cst.CSTTransformer):
    """Does what was planned."""

    def __init__(self, plan: _Plan) -> None:
        super().__init__()
        self._plan = plan

    def leave_Import(
        self, original_node: cst.Import, updated_node: cst.Import
    ) -> cst.BaseSmallStatement | cst.FlattenSentinel[cst.BaseSmallStatement]:
        statement = self._plan.statements.get(original_node)
        if statement is None:
            return updated_node
        news = [None if alias.stays else alias.found.module for alias in statement.aliases]
        dropped = [alias.is_dropped for alias in statement.aliases]
        return plain_import(updated_node, news, dropped, sorted(statement.further))

    def leave_ImportFrom(
        self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom
    ) -> cst.BaseSmallStatement | cst.FlattenSentinel[cst.BaseSmallStatement]:
        statement = self._plan.statements.get(original_node)
        if statement is None:
            return updated_node
        targets = [_target(alias) for alias in statement.aliases]
        dropped = [alias.is_dropped for alias in statement.aliases]
        return from_imports(updated_node, targets, dropped, sorted(statement.further))

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        return expand_line(original_node, updated_node)

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        path = self._plan.paths.get(original_node)
        if path is None:
            return updated_node
        return cst.parse_expression(path).with_changes(lpar=updated_node.lpar, rpar=updated_node.rpar)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        path = self._plan.paths.get(original_node)
        return updated_node if path is None else cst.parse_expression(path)

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        path = self._plan.strings.get(original_node)
        return updated_node if path is None else replaced_string(updated_node, path)


def _target(alias: _Alias) -> tuple[str, str] | None:
    """Return the module and the name to import from it; None where it stays."""
    if alias.stays:
        return None
    if alias.found.kind == "moved":
        return alias.found.module, alias.found.name
    parent, _, last = alias.found.module.rpartition(".")
    return parent, last
