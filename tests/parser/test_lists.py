"""The models and envelopes are those of the lists beside this module: none missing, none more, every field the same."""

import collections.abc
import datetime as dt
import importlib
import inspect
import pickle
import pkgutil
import re
import typing
from pathlib import Path

import pydantic
import pytest
from pydantic.fields import FieldInfo

from lambda_powertools.parser import envelopes, models
from lambda_powertools.parser._model import EventModel
from lambda_powertools.parser.models.appsync import AppSyncIdentity

HERE = Path(__file__).parent
MODEL = re.compile(r"(?P<module>\w+) (?P<name>\w+)(?P<private>°?)(\((?P<base>\w+)\))?$")
FIELD = re.compile(r" {4}(?P<name>\w+)(?P<optional>\??): (?P<type>.+?)( = (?P<default>.+?))?( «(?P<key>.+)»)?$")


def listed():
    """Return the listed models by name: the match of its own line, and those of its fields."""
    found, name = {}, ""
    for line in (HERE / "models.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith(" "):
            found[name][1].append(FIELD.match(line))
        else:
            match = MODEL.match(line)
            name = match["name"]
            found[name] = (match, [])
    return found


LISTED = listed()
ENVELOPES = dict(line.split() for line in (HERE / "envelopes.txt").read_text(encoding="utf-8").splitlines())


def modules_of(package):
    return [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]


def classes_of(package, base):
    return {
        name: (module.__name__.rpartition(".")[2], member)
        for module in modules_of(package)
        for name, member in vars(module).items()
        if getattr(member, "__module__", None) == module.__name__ and is_class(member) and issubclass(member, base)
    }


def is_class(member):
    return issubclass(type(member), type)  # of a generic alias, isinstance says so too on Python 3.10


CLASSES = classes_of(models, EventModel)
NAMESPACE = {
    **vars(typing),
    **vars(pydantic),
    **{name: getattr(pydantic, name) for name in ("IPvAnyNetwork", "IPvAnyAddress", "HttpUrl", "Json", "BaseModel")},
    **{name: getattr(pydantic, name) for name in ("PositiveInt", "NonNegativeFloat")},
    "datetime": dt.datetime,
    "Sequence": collections.abc.Sequence,
    "HttpMethod": typing.Literal["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    "AppSyncIdentity": AppSyncIdentity,
    **{name: member for name, (_, member) in CLASSES.items()},
}


def test_every_listed_model_is_there_and_no_other():
    """The models, with their modules and their number, are those of the list."""
    assert {name: module for name, (module, _) in CLASSES.items()} == {
        name: match["module"] for name, (match, _) in LISTED.items()
    }
    assert len(CLASSES) == 169


def test_every_listed_envelope_is_there_and_no_other():
    """PAR-40: the envelopes, with their modules and their number, are those of the list."""
    found = classes_of(envelopes, envelopes.BaseEnvelope)
    found.pop("BaseEnvelope")

    assert {name: module for name, (module, _) in found.items()} == ENVELOPES
    assert len(found) == 17


@pytest.mark.parametrize("name", LISTED)
def test_a_model_has_the_listed_fields(name):
    """A model has the base, fields, types, defaults and keys of the list, and forbids nothing else."""
    line, fields = LISTED[name]
    model = CLASSES[name][1]

    model.model_rebuild()  # older releases of pydantic apply the generator of aliases here
    assert model.__bases__ == (NAMESPACE[line["base"]] if line["base"] else EventModel,)
    own = [field for field in model.__annotations__ if not field.startswith(("_", "model_config"))]
    assert own == [field["name"] for field in fields]
    assert model.model_config.get("extra") is None
    for field in fields:
        assert_field(model.model_fields[field["name"]], field)


def assert_field(found, field):
    kind = eval(field["type"], dict(NAMESPACE))  # noqa: S307  # types out of our own list
    if field["optional"] and type(None) not in typing.get_args(kind):
        kind = kind | None
    wanted = FieldInfo.from_annotation(kind)
    assert (found.annotation, found.metadata) == (wanted.annotation, wanted.metadata), field["name"]
    keys = found.validation_alias
    if isinstance(keys, pydantic.AliasChoices):
        keys = ", ".join(keys.choices)
    assert keys in ({field["key"]} if field["key"] else {None, field["name"]})
    assert found.is_required() == (not field["optional"] and field["default"] is None)
    if not found.is_required():
        default = eval(field["default"] or "None", {})  # noqa: S307  # the same
        assert found.get_default(call_default_factory=True) == default


def test_models_exports_what_the_list_says():
    """`models` exports the models that the list does not keep to their modules, and the alias of AppSync's batches."""
    exported = {name for name, (match, _) in LISTED.items() if not match["private"]}

    assert set(models.__all__) == {*exported, "AppSyncBatchResolverEventModel"}
    assert len(models.__all__) == 110
    assert set(models.__all__) <= set(dir(models))


def test_an_exported_model_is_that_of_its_module():
    """A lazily loaded class is the class of its module, also through the package's attributes, and can be pickled."""
    for name in models.__all__:
        module = models._MODULE_OF[name]
        assert getattr(models, name) is getattr(getattr(models, module), name)
    assert pickle.loads(pickle.dumps(models.SqsModel)) is models.sqs.SqsModel  # noqa: S301  # our own


def test_every_envelope_has_a_short_name():
    """`envelopes` exports every envelope under its name and a short one, and the base."""
    short = {name for name in envelopes.__all__ if name.isupper()}

    assert {getattr(envelopes, name).__name__ for name in short} == set(ENVELOPES)
    assert set(envelopes.__all__) == {*ENVELOPES, *short, "BaseEnvelope"}
    assert envelopes.SQS is envelopes.sqs.SqsEnvelope
    assert set(envelopes.__all__) <= set(dir(envelopes))


@pytest.mark.parametrize("package", [models, envelopes])
def test_type_checkers_see_the_exported_names(package):
    """The stub names what the package exports, no more and no less."""
    stub = (Path(package.__file__).parent / "_exports.pyi").read_text(encoding="utf-8")

    found = re.findall(r" as (\w+)|^(\w+) =", stub, re.MULTILINE)
    names = {imported or assigned for imported, assigned in found}
    assert names == {*package.__all__, *package._MODULES}


@pytest.mark.parametrize("package", [models, envelopes])
def test_an_unknown_name_is_an_attribute_error(package):
    """A misspelt name is an AttributeError that names it."""
    with pytest.raises(AttributeError, match="SqsModle"):
        package.SqsModle  # noqa: B018  # the access is what is tested


def test_every_model_can_be_used():
    """Each model's deferred validator and JSON schema can be built."""
    for _, member in CLASSES.values():
        assert member.model_rebuild() is not False
        assert member.model_json_schema()["title"] == member.__name__
        assert inspect.getdoc(member)
