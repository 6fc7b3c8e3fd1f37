"""Linear regression four times over, from gradients by hand to an optimiser object.

The four ways to fit y = 2x₁ - 3x₂ + 1 to 30 samples differ in who does the work, not in the
numbers: they go through the same parameters at every step. With 300 samples the same step size
makes them leap away. The summed loss is ten times as steep then, and the largest eigenvalue of its
Hessian says beforehand which steps can work.
"""

from modules import SGD, Linear, MSELoss, Sequential

import tracegrad.numpy as np
from tracegrad import Tape, grad, hessian

RATE = 0.01
STEPS = 100
TRUTH = np.array([2.0, -3.0, 1.0])  # of x₁, of x₂, and what is added


def samples(count):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(count, 2))
    noise = 0.1 * rng.normal(size=count)
    return x, x @ TRUTH[:2] + TRUTH[2] + noise


def summed_loss(parameters, x, y):
    return np.sum((x @ parameters[:2] + parameters[2] - y) ** 2)


# --- four ways: each gives the parameters at the start and after every step ----------------------


def by_hand(x, y):
    """The gradient of each sample's (w·x + b - y)², worked out on paper."""
    parameters = np.zeros(3)
    path = [parameters]
    for _ in range(STEPS):
        gradient = np.zeros(3)
        for (x1, x2), target in zip(x, y):
            error = parameters[0] * x1 + parameters[1] * x2 + parameters[2] - target
            gradient = gradient + 2 * error * np.array([x1, x2, 1.0])
        parameters = parameters - RATE * gradient
        path.append(parameters)
    return np.array(path)


def by_grad(x, y):
    """The gradient of the summed loss by `grad`."""
    gradient = grad(summed_loss)
    parameters = np.zeros(3)
    path = [parameters]
    for _ in range(STEPS):
        parameters = parameters - RATE * gradient(parameters, x, y)
        path.append(parameters)
    return np.array(path)


def zero_model():
    """A model like a deep one, of a single layer."""
    layer = Linear(2, 1, np.random.default_rng(0))
    layer.weight.value = np.zeros((2, 1))
    return Sequential(layer), MSELoss(reduce=np.sum)


def flat(model):
    return np.concatenate([parameter.value.ravel() for parameter in model.parameters()])


def by_module(x, y):
    """The parameters are in a model, the loss is a module, a tape records."""
    model, loss = zero_model()
    path = [flat(model)]
    for _ in range(STEPS):
        values = [parameter.value for parameter in model.parameters()]
        with Tape() as tape:
            for parameter, value in zip(model.parameters(), values):
                parameter.value = tape.watch(value)
            watched = [parameter.value for parameter in model.parameters()]
            error = loss(model(x), y[:, None])
        gradients = tape.gradient(error, watched)
        for parameter, value, gradient in zip(model.parameters(), values, gradients):
            parameter.value = value - RATE * gradient
        path.append(flat(model))
    return np.array(path)


def by_optimizer(x, y):
    """The same, and an optimiser object knows what to watch and how to step."""
    model, loss = zero_model()
    optimizer = SGD(model.parameters(), RATE)
    path = [flat(model)]
    for _ in range(STEPS):
        with Tape() as tape:
            optimizer.watch(tape)
            error = loss(model(x), y[:, None])
        optimizer.step(tape, error)
        path.append(flat(model))
    return np.array(path)


def compare():
    x, y = samples(30)
    paths = {way.__name__: way(x, y) for way in (by_hand, by_grad, by_module, by_optimizer)}
    print("30 samples: parameters after 1, 10 and 100 steps")
    for name, path in paths.items():
        print(f"  {name:13}", *(np.array2string(path[i], precision=6) for i in (1, 10, 100)))
        assert np.max(np.abs(path - paths["by_hand"])) < 1e-12
        assert np.max(np.abs(path[-1] - TRUTH)) < 0.1


# --- which steps can work ------------------------------------------------------------------------


def descend(loss, rate, x, y):
    gradient = grad(loss)
    parameters = np.zeros(3)
    for _ in range(STEPS):
        parameters = parameters - rate * gradient(parameters, x, y)
    return parameters


def mean_loss(parameters, x, y):
    return summed_loss(parameters, x, y) / len(y)


def steepness(loss, x, y):
    """The largest eigenvalue L of the Hessian.

    A step multiplies the distance from the minimum by 1 - rate · L along that eigenvector: by less
    than 1 in size only if rate < 2 / L.
    """
    return np.max(np.linalg.eigvalsh(hessian(loss)(np.zeros(3), x, y)))


def explain_step_size():
    print(f"\n{STEPS} steps           rate   eigenvalue L   bound 2/L   distance from the truth")
    rows = [("sum", summed_loss, 30), ("sum", summed_loss, 300)]
    rows += [("mean", mean_loss, 30), ("mean", mean_loss, 300)]
    for name, loss, count in rows:
        x, y = samples(count)
        rate = RATE if name == "sum" else 30 * RATE  # the mean of 30 is their sum over 30
        steep = steepness(loss, x, y)
        bound = 2 / steep
        distance = np.max(np.abs(descend(loss, rate, x, y) - TRUTH))
        print(f"{name:4} of {count:3} {rate:14.2f} {steep:14.3f} {bound:11.4f} {distance:25.3g}")
        assert (distance < 0.1) == (rate < bound)
        assert (rate < bound) == ((name, count) != ("sum", 300))
    print("The sum grows steeper with every sample, the mean does not: its step size stays good.")


def main():
    compare()
    explain_step_size()


if __name__ == "__main__":
    main()
