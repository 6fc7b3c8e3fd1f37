"""Small models as people write them: logistic regression, a perceptron, a recurrent network."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy

from .case import TIME, Case

Data = tuple[numpy.ndarray, numpy.ndarray]


@cache
def toy_data() -> Data:
    """Four rows of three features, and whether each row belongs to the class."""
    rows = numpy.array(
        [[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30], [0.74, -2.49, 1.39]]
    )
    return rows, numpy.array([1.0, 1.0, 0.0, 1.0])


@cache
def large_data() -> Data:
    """20,000 rows of 100 features, with labels drawn from a logistic model."""
    random = numpy.random.RandomState(0)
    rows = random.randn(20_000, 100)
    scores = rows @ (0.1 * random.randn(100))
    return rows, (scores + random.logistic(size=len(scores)) > 0.0).astype(float)


def logistic_parts(data: Callable[[], Data], features: int) -> dict[str, Any]:
    """The parts of a case that fits logistic regression to ``data()``."""

    def build(np: Any) -> Callable[[Any], Any]:
        inputs, labels = (np.asarray(array) for array in data())

        def loss(weights: Any) -> Any:
            probability = 0.5 * (np.tanh(np.dot(inputs, weights) / 2.0) + 1.0)
            of_label = probability * labels + (1.0 - probability) * (1.0 - labels)
            return -np.sum(np.log(of_label))

        return loss

    def by_hand(weights: Any) -> tuple[Any, Any]:
        rows, targets = data()
        probability = 0.5 * (numpy.tanh(numpy.dot(rows, weights) / 2.0) + 1.0)
        of_label = probability * targets + (1.0 - probability) * (1.0 - targets)
        return -numpy.sum(numpy.log(of_label)), numpy.dot(probability - targets, rows)

    def point() -> numpy.ndarray:
        return numpy.linspace(-0.1, 0.2, features)

    return {"build": build, "point": point, "by_hand": by_hand}


def perceptron_parts(batch: int, widths: tuple[int, int, int]) -> dict[str, Any]:
    """The parts of a case that trains one hidden tanh layer on the mean squared error."""
    random = numpy.random.RandomState(1)
    rows, targets = random.randn(batch, widths[0]), random.randn(batch, widths[2])
    parameters = [
        (random.randn(fan_in, fan_out) / numpy.sqrt(fan_in), 0.1 * random.randn(fan_out))
        for fan_in, fan_out in pairwise(widths)
    ]

    def build(np: Any) -> Callable[[Any], Any]:
        inputs, wanted = np.asarray(rows), np.asarray(targets)

        def loss(parameters: Any) -> Any:
            activations = inputs
            for weights, bias in parameters[:-1]:
                activations = np.tanh(np.dot(activations, weights) + bias)
            weights, bias = parameters[-1]
            return np.mean((np.dot(activations, weights) + bias - wanted) ** 2)

        return loss

    def by_hand(parameters: Any) -> tuple[Any, Any]:
        (hidden_weights, hidden_bias), (out_weights, out_bias) = parameters
        hidden = numpy.tanh(numpy.dot(rows, hidden_weights) + hidden_bias)
        error = numpy.dot(hidden, out_weights) + out_bias - targets
        at_out = 2.0 / error.size * error
        at_hidden = numpy.dot(at_out, out_weights.T) * (1.0 - hidden * hidden)
        return numpy.mean(error * error), [
            (numpy.dot(rows.T, at_hidden), numpy.sum(at_hidden, axis=0)),
            (numpy.dot(hidden.T, at_out), numpy.sum(at_out, axis=0)),
        ]

    return {"build": build, "point": lambda: parameters, "by_hand": by_hand}


def recurrent_parts(steps: int, features: int, hidden: int) -> dict[str, Any]:
    """The parts of a case that sends gradients back through a recurrent network's time steps."""
    random = numpy.random.RandomState(2)
    sequence, target = random.randn(steps, features), random.randn(hidden)
    parameters = {
        "state": random.randn(hidden, hidden) / numpy.sqrt(hidden),
        "input": random.randn(hidden, features) / numpy.sqrt(features),
        "bias": 0.1 * random.randn(hidden),
    }

    def build(np: Any) -> Callable[[Any], Any]:
        inputs, wanted = np.asarray(sequence), np.asarray(target)
        start = np.asarray(numpy.zeros(hidden))

        def loss(parameters: Any) -> Any:
            from_state, from_input = parameters["state"], parameters["input"]
            bias = parameters["bias"]
            state = start
            for step in range(steps):
                state = np.tanh(np.dot(from_state, state) + np.dot(from_input, inputs[step]) + bias)
            return np.sum((state - wanted) ** 2)

        return loss

    def by_hand(parameters: Any) -> tuple[Any, Any]:
        from_state, from_input = parameters["state"], parameters["input"]
        bias = parameters["bias"]
        states = [numpy.zeros(hidden)]
        for row in sequence:
            inner = numpy.dot(from_state, states[-1]) + numpy.dot(from_input, row) + bias
            states.append(numpy.tanh(inner))
        error = states[-1] - target
        gradient = {name: numpy.zeros_like(value) for name, value in parameters.items()}
        cotangent = 2.0 * error
        for step in reversed(range(steps)):
            at_inner = cotangent * (1.0 - states[step + 1] * states[step + 1])
            gradient["state"] += at_inner[:, None] * states[step]
            gradient["input"] += at_inner[:, None] * sequence[step]
            gradient["bias"] += at_inner
            cotangent = numpy.dot(at_inner, from_state)
        return numpy.sum(error * error), gradient

    return {"build": build, "point": lambda: parameters, "by_hand": by_hand}


CASES = (
    Case(
        name="logistic_toy",
        about="logistic regression, 4 rows of 3 features",
        **logistic_parts(toy_data, 3),
        bars={TIME: 4.0},
        skip={},
    ),
    Case(
        name="logistic_large",
        about="logistic regression, 20,000 rows of 100 features",
        **logistic_parts(large_data, 100),
        bars={TIME: None},
        skip={},
    ),
    Case(
        name="mlp_small",
        about="perceptron 8-16-1 with tanh, batch of 16, parameters a list of (weights, bias)",
        **perceptron_parts(16, (8, 16, 1)),
        bars={TIME: 4.0},
        skip={},
    ),
    Case(
        name="rnn",
        about="recurrent network, 50 time steps, 10 hidden units",
        **recurrent_parts(50, 4, 10),
        bars={TIME: 4.0},
        skip={},
    ),
)
