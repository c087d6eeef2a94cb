import warnings

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.metrics import EphemeralMetrics, SchemaValidationError


@pytest.fixture
def metrics():
    return EphemeralMetrics(namespace="Shop")


@pytest.mark.parametrize(("value", "text"), [("v", "v"), (1, "1"), (None, "None"), (1.5, "1.5"), (True, "True")])
def test_the_value_of_a_dimension_is_text(metrics, value, text):
    """MET-15: any value is converted to text, None to 'None'."""
    metrics.add_dimension("d", value)

    assert metrics.dimension_set == {"d": text}


@pytest.mark.parametrize(
    ("name", "value"),
    [("", "v"), ("  ", "v"), ("d", ""), ("d", "  "), ("d" * 251, "v"), ("d", "v" * 1025), ("d\nd", "v")],
)
def test_a_dimension_that_cloudwatch_refuses_is_left_out_with_a_warning(metrics, name, value):
    """MET-15: blank names and values, and those beyond what CloudWatch takes, are not added."""
    with pytest.warns(PowertoolsUserWarning, match="won't be added") as caught:
        metrics.add_dimension(name, value)

    assert metrics.dimension_set == {}
    assert caught[0].filename == __file__


def test_another_value_for_a_dimension_replaces_the_first_with_a_warning(metrics):
    """MET-15: a dimension has one value, the last; the same value again is no matter."""
    metrics.add_dimension("d", "one")
    metrics.add_dimension("d", "one")

    with pytest.warns(PowertoolsUserWarning, match="'d' has already been added") as caught:
        metrics.add_dimension("d", "two")

    assert metrics.dimension_set == {"d": "two"}
    assert caught[0].filename == __file__


def test_a_thirtieth_dimension_is_an_error(metrics):
    """MET-16: 29 dimensions are the limit when they are added."""
    for number in range(29):
        metrics.add_dimension(f"d{number}", "v")

    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.add_dimension("d29", "v")

    assert len(metrics.dimension_set) == 29


def test_replacing_a_dimension_is_never_one_too_many(metrics):
    """MET-16 [beat]: with 29 dimensions one of them may still get another value."""
    for number in range(29):
        metrics.add_dimension(f"d{number}", "v")

    with pytest.warns(PowertoolsUserWarning, match="already been added"):
        metrics.add_dimension("d3", "w")

    assert metrics.dimension_set["d3"] == "w"


def test_the_implicit_service_may_be_the_one_too_many():
    """MET-16: the service counts when the document is made."""
    metrics = EphemeralMetrics(namespace="Shop", service="orders")
    metrics.add_metric("a", "Count", 1)
    for number in range(28):
        metrics.add_dimension(f"d{number}", "v")
    assert len(metrics.serialize_metric_set()["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0]) == 29

    metrics.add_dimension("d28", "v")

    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.serialize_metric_set()


def test_an_additional_set_holds_the_defaults_and_its_own(metrics):
    """MET-17 [beat]: defaults come first and are text, what is given wins over them."""
    metrics.set_default_dimensions(stage=1, region="eu")
    metrics.add_dimensions(region="us", route="/x")

    assert metrics.dimension_sets == [{"stage": "1", "region": "us", "route": "/x"}]


def test_a_default_that_was_overridden_keeps_one_value_in_the_document(metrics):
    """MET-17: a default of the same name as an override does not bring the old value back."""
    metrics.set_default_dimensions(stage="test")
    with pytest.warns(PowertoolsUserWarning, match="already been added"):
        metrics.add_dimension("stage", "canary")
    metrics.add_dimensions(route="/x")
    metrics.add_metric("a", "Count", 1)

    assert metrics.serialize_metric_set()["stage"] == "canary"


def test_an_empty_additional_set_is_a_warning(metrics):
    """MET-17: without arguments, or with nothing but blanks, no set is added."""
    with pytest.warns(PowertoolsUserWarning, match="No dimensions were given"):
        metrics.add_dimensions()
    with pytest.warns(PowertoolsUserWarning, match="won't be added") as caught:
        metrics.add_dimensions(a="", b="  ")

    assert len(caught) == 2
    assert metrics.dimension_sets == []


def test_blank_entries_of_an_additional_set_are_left_out(metrics):
    """MET-17: one warning for each blank entry, the others stay."""
    with pytest.warns(PowertoolsUserWarning, match="won't be added") as caught:
        metrics.add_dimensions(a="", b="v")

    assert len(caught) == 1
    assert metrics.dimension_sets == [{"b": "v"}]


def test_names_are_counted_over_all_sets(metrics):
    """MET-17: 29 distinct names over the primary and all additional sets are the limit."""
    for number in range(20):
        metrics.add_dimension(f"d{number}", "v")
    metrics.add_dimensions(**{f"e{number}": "v" for number in range(9)})
    metrics.add_dimensions(d0="v", e0="v")

    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.add_dimensions(f="v")
    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.add_dimension("f", "v")


def test_there_are_up_to_30_additional_sets(metrics):
    """MET-17 [beat]: the thirty-first set is an error."""
    for number in range(30):
        metrics.add_dimensions(a=str(number))

    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.add_dimensions(a="one more")

    assert len(metrics.dimension_sets) == 30


def test_default_dimensions_come_back_after_every_clear(metrics):
    """MET-18, T-2: defaults are added now and again after each clear, without a warning, merged over calls."""
    metrics.set_default_dimensions(stage=1)
    metrics.set_default_dimensions(region="eu")
    metrics.add_dimension("d", "v")
    assert metrics.dimension_set == {"stage": "1", "region": "eu", "d": "v"}

    for _ in range(2):
        metrics.clear_metrics()

        assert metrics.dimension_set == {"stage": "1", "region": "eu"}
    assert metrics.default_dimensions == {"stage": 1, "region": "eu"}


def test_a_default_may_be_given_another_value_without_a_warning(metrics):
    """MET-18: a new default takes the place of the old one."""
    metrics.set_default_dimensions(tenant="a")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        metrics.set_default_dimensions(tenant="b")

    assert metrics.dimension_set == {"tenant": "b"}


def test_cleared_defaults_go_out_once_more(metrics, emf):
    """MET-18 [beat]: the provider too can forget defaults; those in the current set go out with the next flush."""
    metrics.set_default_dimensions(stage="test")
    metrics.clear_default_dimensions()
    assert metrics.default_dimensions == {}
    for _ in range(2):
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()

    assert [document.get("stage") for document in emf()] == ["test", None]


def test_an_override_of_a_default_lasts_until_the_next_clear(metrics):
    """MET-18: an override belongs to what is being collected."""
    metrics.set_default_dimensions(stage="test")
    with pytest.warns(PowertoolsUserWarning, match="already been added"):
        metrics.add_dimension("stage", "canary")
    assert metrics.dimension_set == {"stage": "canary"}

    metrics.clear_metrics()

    assert metrics.dimension_set == {"stage": "test"}


def test_defaults_do_not_count_against_the_limit_when_they_come_back(metrics):
    """T-2: 29 defaults come back after a clear as they were."""
    metrics.set_default_dimensions(**{f"d{number}": "v" for number in range(29)})
    metrics.clear_metrics()

    assert len(metrics.dimension_set) == 29


def test_defaults_given_at_construction_are_dimensions():
    """MET-18: defaults may be given to an ephemeral instance."""
    metrics = EphemeralMetrics(default_dimensions={"stage": 1})

    assert metrics.dimension_set == {"stage": "1"}
    assert metrics.default_dimensions == {"stage": 1}


def test_metadata_has_text_keys_and_any_value(metrics):
    """MET-19: the key of metadata is converted to text, the value kept as it is."""
    value = object()
    metrics.add_metadata(5, value)

    assert metrics.metadata_set == {"5": value}
    assert metrics.dimension_set == {}
