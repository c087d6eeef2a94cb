"""What stands in for `typing` at run time behaves as a user of the real names expects."""

import copy
import typing

from lambda_powertools.core.static import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, content=None):
        self.content = content


def test_a_subscripted_class_is_no_class():
    """On every Python: whoever looks for classes among annotations must not take it for one."""
    assert not isinstance(Box[int], type)


def test_a_subscripted_class_can_be_taken_apart():
    """`typing` finds the class and what it was subscripted with."""
    assert (typing.get_origin(Box[int]), typing.get_args(Box[int])) == (Box, (int,))


def test_a_subscripted_class_is_a_value():
    """Two with the same content are the same: it is compared, hashed, copied and joined to others."""
    assert Box[int] == Box[int] != Box[str]
    assert hash(Box[int]) == hash(Box[int])
    assert copy.deepcopy(Box[int]) == Box[int]
    assert typing.get_args(Box[int] | None) == (Box[int], type(None))


def test_a_subscripted_class_makes_instances_and_subclasses():
    """It is called and inherited from as the class itself."""

    class Small(Box[int]):
        pass

    assert Box[int](7).content == 7
    assert issubclass(Small, Box)
