"""Chains: one operation after another, so that the cost of an operation is what is measured."""

from collections.abc import Callable
from typing import Any

import numpy

from .case import MEMORY, TIME, WORKS, Case

STEPS_PER_CYCLE = 5


def chain(np: Any, steps: int) -> Callable[[Any], Any]:
    """A chain of ``steps`` operations; each cycle shrinks, so rounding errors do not grow.

    The operations need different things for their derivatives: the sine its argument, the last
    multiplication both factors, the three between them nothing.
    """

    def function(x: Any) -> Any:
        y = x
        for _ in range(steps // STEPS_PER_CYCLE):
            y = np.sin(y)
            y = 1.5 * y
            y = y + x
            y = 0.7 - y
            y = y * x
        return y

    return function


def chain_by_hand(x: Any, steps: int, seed: Any) -> tuple[Any, Any]:
    """Value of the chain, and its gradient for the cotangent ``seed`` of that value."""
    kept = []
    y = x
    for _ in range(steps // STEPS_PER_CYCLE):
        factor = 0.7 - (1.5 * numpy.sin(y) + x)
        kept.append((y, factor))
        y = factor * x
    gradient: Any = 0.0
    cotangent = seed
    while kept:
        angle, factor = kept.pop()
        through = cotangent * x
        gradient = gradient + (cotangent * factor - through)
        cotangent = -1.5 * through * numpy.cos(angle)
    return y, gradient + cotangent


def scalar_chain(steps: int) -> dict[str, Any]:
    """The parts of a case that runs the chain on a number."""
    return {
        "build": lambda np: chain(np, steps),
        "point": lambda: 0.5,
        "by_hand": lambda x: chain_by_hand(x, steps, 1.0),
    }


def summed_chain(steps: int, size: int) -> dict[str, Any]:
    """The parts of a case that runs the chain on a vector and sums the result."""

    def build(np: Any) -> Callable[[Any], Any]:
        function = chain(np, steps)
        return lambda x: np.sum(function(x))

    def by_hand(x: Any) -> tuple[Any, Any]:
        y, gradient = chain_by_hand(x, steps, numpy.ones(size))
        return numpy.sum(y), gradient

    return {"build": build, "point": lambda: numpy.linspace(0.1, 0.9, size), "by_hand": by_hand}


def taylor_sine(np: Any) -> Callable[[Any], Any]:
    """Sine by its Taylor series about 0; how many terms are summed depends on the argument."""

    def function(x: Any) -> Any:
        total = term = x
        order = 1
        while np.abs(term) > 0.001:
            term = -term * x * x / ((order + 1) * (order + 2))
            total = total + term
            order += 2
        return total

    return function


def taylor_sine_by_hand(x: float) -> tuple[Any, Any]:
    """The series, and its derivative term by term: (x**n)' = n * x**n / x."""
    total = term = numpy.float64(x)
    slope = numpy.float64(1.0)
    order = 1
    while abs(term) > 0.001:
        term = -term * x * x / ((order + 1) * (order + 2))
        order += 2
        total = total + term
        slope = slope + order * term / x
    return total, slope


CASES = (
    Case(
        name="chain_scalar",
        about="100 operations one after another on a number",
        **scalar_chain(100),
        bars={TIME: 4.0},
        skip={},
    ),
    Case(
        name="chain_vector",
        about="the same 100 operations on a vector of 10, summed",
        **summed_chain(100, 10),
        bars={TIME: 4.0},
        skip={},
    ),
    Case(
        name="taylor_sine",
        about="sine by its Taylor series at pi: a while loop that looks at the value",
        build=taylor_sine,
        point=lambda: numpy.pi,
        by_hand=taylor_sine_by_hand,
        bars={TIME: 4.0},
        skip={"jax_jit": "the loop depends on the value"},
    ),
    Case(
        name="long_chain",
        about="1,000 operations on 100,000 elements: the time, and the memory kept for going back",
        **summed_chain(1_000, 100_000),
        bars={TIME: None, MEMORY: 1.0},
        skip={},
    ),
    Case(
        name="deep_chain",
        about="100,000 operations one after another on a number: no limit on recursion is met",
        **scalar_chain(100_000),
        bars={WORKS: None},
        skip={
            "jax": "it takes more than a minute",
            "jax_jit": "the unrolled loop is too long to compile",
        },
    ),
)
