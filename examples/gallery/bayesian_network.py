"""A neural network that knows what it does not know: variational inference by sampling.

Each weight has a normal distribution instead of a value. The distributions are made to give much
probability to the data while staying close to what was believed before: the evidence lower bound
is E[log p(data | weights)] - KL(distributions ‖ prior). A sample is mean + deviation · noise, a
formula that a gradient goes through, so the expectation may be an average of a few samples.
(D. Kingma, M. Welling, "Auto-encoding variational Bayes", 2014.)
"""

from itertools import pairwise

import numpy
from _pictures import save

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc.optimizers import adam

SIZES = [1, 20, 1]
PRIOR = 3.0  # deviation believed before of a weight, in units that suit its layer
NOISE = 0.1


def network(weights, x):
    """A network for each sample of the weights, whose arrays have the samples in front."""
    for i, (matrix, bias) in enumerate(weights):
        x = np.exp(-(x**2)) if i else x
        x = PRIOR * (x @ matrix / np.sqrt(matrix.shape[-2]) + bias)
    return x[..., 0]


def draw_weights(beliefs, samples, rng):
    def sample(mean, log_deviation):
        return mean + np.exp(log_deviation) * rng.normal(size=(samples, *mean.shape))

    return [(sample(*belief["matrix"]), sample(*belief["bias"])) for belief in beliefs]


def divergence(mean, log_deviation):
    """KL(N(mean, deviation²) ‖ N(0, 1)), summed."""
    return np.sum(0.5 * (mean**2 + np.exp(2 * log_deviation) - 1) - log_deviation)


def minus_bound(beliefs, x, y, samples, rng):
    errors = (network(draw_weights(beliefs, samples, rng), x) - y) / NOISE
    misfit = 0.5 * np.sum(errors**2) / samples
    return misfit + sum(divergence(*pair) for belief in beliefs for pair in belief.values())


def beliefs_at_first(rng):
    def belief(*shape):
        return rng.normal(size=shape), np.full(shape, -4.0)

    return [{"matrix": belief(m, n), "bias": belief(1, n)} for m, n in pairwise(SIZES)]


def main():
    rng = np.random.default_rng(0)
    x = np.concatenate([np.linspace(-1.5, -0.5, 25), np.linspace(0.7, 1.5, 20)])[:, None]
    y = np.sin(3 * x[:, 0]) + NOISE * rng.normal(size=len(x))

    def loss(beliefs, step):
        return minus_bound(beliefs, x, y, 4, rng)

    def report(beliefs, step, gradient):
        if step % 300 == 0:
            bound = -minus_bound(beliefs, x, y, 100, np.random.default_rng(0))
            print(f"step {step:4}: evidence lower bound {bound:9.1f}")

    beliefs = adam(grad(loss), beliefs_at_first(rng), report, num_iters=1500, step_size=0.02)
    bound = -minus_bound(beliefs, x, y, 100, np.random.default_rng(0))
    print(f"step 1500: evidence lower bound {bound:9.1f}")

    places = np.linspace(-2.5, 2.5, 21)
    curves = network(draw_weights(beliefs, 300, rng), places[:, None])
    mean, spread = np.mean(curves, axis=0), np.std(curves, axis=0)
    known = (np.abs(places + 1) < 0.51) | (np.abs(places - 1.1) < 0.41)
    truth = np.sin(3 * places)
    print("\n    x   truth   mean      ±")
    for place, t, m, s, near in zip(places, truth, mean, spread, known):
        where = "data" if near else "    "
        print(f"{place:5.2f} {t:7.2f} {m:6.2f} {s:6.2f} {where} {'#' * round(20 * s)}")
    errors = np.abs(mean - truth)[known]
    print(f"largest error where there are data: {np.max(errors):.2f}")
    assert np.max(errors) < 0.25
    gap = (places > -0.3) & (places < 0.6)
    assert np.mean(spread[gap]) > 4 * np.mean(spread[known])

    def draw(axes):
        fine = np.linspace(-2.5, 2.5, 200)
        curves = network(draw_weights(beliefs, 40, numpy.random.default_rng(1)), fine[:, None])
        axes.plot(fine, curves.T, "C0", alpha=0.2)
        axes.plot(fine, np.sin(3 * fine), "k--", x[:, 0], y, "k.")
        axes.set(ylim=(-3, 3))

    save("bayesian_network", draw)


if __name__ == "__main__":
    main()
