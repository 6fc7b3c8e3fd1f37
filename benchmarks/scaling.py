"""Cases whose cost depends on size: large arrays, many reads of one array, many parameters."""

from collections.abc import Callable
from typing import Any

import numpy

from .case import TIME, Case


def elementwise(np: Any) -> Callable[[Any], Any]:
    """A few elementwise operations and a sum: what counts is how many passes over memory."""
    return lambda x: np.sum(np.exp(-x * x) * np.sin(x))


def elementwise_by_hand(x: Any) -> tuple[Any, Any]:
    bell = numpy.exp(-x * x)
    sine = numpy.sin(x)
    return numpy.sum(bell * sine), bell * (numpy.cos(x) - 2.0 * x * sine)


# Squares modulo the length: scattered, and some positions are read more than once, whose
# cotangents have to add up.
POSITIONS = [k * k % 100_000 for k in range(1_000)]


def scalar_reads(np: Any) -> Callable[[Any], Any]:
    """Reads single elements; each read's cotangent is one number in a long vector of zeros."""

    def function(x: Any) -> Any:
        total = 0.0
        for position in POSITIONS:
            total = total + x[position]
        return total

    return function


def scalar_reads_by_hand(x: Any) -> tuple[Any, Any]:
    total = 0.0
    gradient = numpy.zeros_like(x)
    for position in POSITIONS:
        total = total + x[position]
        gradient[position] += 1.0
    return total, gradient


WEIGHTS = numpy.array([1.0, -2.0, 3.0])
NAMES = [f"parameter_{k:03}" for k in range(500)]


def small_params(np: Any) -> Callable[[Any], Any]:
    """Uses each entry of a dictionary once; the cost should be linear in the entries."""
    weights = np.asarray(WEIGHTS)

    def function(parameters: Any) -> Any:
        total = 0.0
        for name in NAMES:
            total = total + np.dot(parameters[name], weights)
        return total

    return function


def small_params_by_hand(parameters: Any) -> tuple[Any, Any]:
    total = 0.0
    gradient = {}
    for name in NAMES:
        total = total + numpy.dot(parameters[name], WEIGHTS)
        gradient[name] = WEIGHTS.copy()
    return total, gradient


CASES = (
    Case(
        name="elementwise_1e6",
        about="sum of exp(-x*x) * sin(x) over 1,000,000 elements",
        build=elementwise,
        point=lambda: numpy.linspace(-2.0, 3.0, 1_000_000),
        by_hand=elementwise_by_hand,
        bars={TIME: 1.0},
        skip={},
    ),
    Case(
        name="scalar_reads",
        about="1,000 reads of single elements of a vector of 100,000",
        build=scalar_reads,
        point=lambda: numpy.linspace(-1.0, 1.0, 100_000),
        by_hand=scalar_reads_by_hand,
        bars={TIME: 20.0},
        skip={
            "jax": "its first call takes a minute",
            "jax_jit": "the unrolled loop takes half a minute to compile",
        },
    ),
    Case(
        name="small_params",
        about="500 vectors of 3 in a dictionary, each used once",
        build=small_params,
        point=lambda: {name: numpy.array([0.1, 0.2, 0.3]) + k for k, name in enumerate(NAMES)},
        by_hand=small_params_by_hand,
        bars={TIME: 50.0},
        skip={},
    ),
)
