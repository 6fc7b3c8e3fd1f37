"""The optimisers: where they go, what they call, what they leave alone."""

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc import adam, rmsprop, sgd
from tracegrad.testing import check_equivalent

OPTIMIZERS = [sgd, rmsprop, adam]
each = pytest.mark.parametrize("optimize", OPTIMIZERS)


def bowl(x, i=0):
    return np.sum((x - np.array([1.0, -2.0, 3.0])) ** 2)


@pytest.mark.parametrize(
    "optimize, options",
    [
        (sgd, {}),
        (rmsprop, {"num_iters": 400, "step_size": 0.02}),
        (adam, {"num_iters": 800, "step_size": 0.05}),
    ],
)
def test_the_minimum_is_found(optimize, options):
    x = optimize(grad(bowl), numpy.zeros(3), **options)
    numpy.testing.assert_allclose(x, [1.0, -2.0, 3.0], atol=0.05)


def by_hand(kind, gradient, x, steps):
    """The updates written out for one array."""
    v, s, m = 0.0, 1.0 if kind == "rmsprop" else 0.0, 0.0
    for i in range(steps):
        g = gradient(x)
        if kind == "sgd":
            v = 0.9 * v - 0.1 * g
            x = x + 0.1 * v
        elif kind == "rmsprop":
            s = 0.9 * s + 0.1 * g**2
            x = x - 0.1 * g / (numpy.sqrt(s) + 1e-8)
        else:
            m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
            hat_m, hat_s = m / (1 - 0.9 ** (i + 1)), s / (1 - 0.999 ** (i + 1))
            x = x - 0.001 * hat_m / (numpy.sqrt(hat_s) + 1e-8)
    return x


@each
@pytest.mark.parametrize("steps", [0, 1, 7])
def test_the_steps_are_those_of_the_papers(optimize, steps):
    x0 = numpy.array([0.3, -4.0, 2.0])
    got = optimize(grad(bowl), x0, num_iters=steps)
    numpy.testing.assert_allclose(
        got, by_hand(optimize.__name__, grad(bowl), x0, steps), rtol=1e-12
    )
    assert got is not x0


@each
def test_positional_options_as_in_autograd(optimize):
    x0 = numpy.zeros(3)
    check_equivalent(
        optimize(grad(bowl), x0, None, 5, 0.01),
        optimize(grad(bowl), x0, num_iters=5, step_size=0.01),
    )


@each
def test_containers(optimize):
    x0 = {"w": numpy.ones((2, 3)), "rest": (1.0, [numpy.float32(2)], None, "name"), "n": 3}

    def loss(p, i):
        return np.sum(p["w"] ** 2) + p["rest"][0] ** 2 + p["rest"][1][0] ** 2 + p["n"] ** 2

    x = optimize(grad(loss), x0, num_iters=3)
    assert list(x) == ["w", "rest", "n"] and x["rest"][2:] == (None, "name")
    assert x["w"].shape == (2, 3) and x["rest"][1][0].dtype == numpy.float32
    assert (x["w"] < 1).all() and x["n"] < 3
    assert (x0["w"] == 1).all() and x0["rest"][0] == 1.0 and x0["n"] == 3


@each
def test_the_callback_sees_each_step_and_may_keep_it(optimize):
    seen = []
    x = optimize(
        lambda x, i: 2 * x, numpy.ones(2), lambda x, i, g: seen.append((x, i, g)), num_iters=4
    )
    assert [i for _, i, _ in seen] == [0, 1, 2, 3]
    assert (seen[0][0] == 1).all() and (seen[1][0] < 1).all() and (x < seen[3][0]).all()
    for at, _, g in seen:
        numpy.testing.assert_array_equal(g, 2 * at)


@each
def test_the_start_is_not_changed(optimize):
    x0 = numpy.ones(3)
    result = optimize(grad(bowl), x0, num_iters=0)
    result[0] = 5.0
    assert (x0 == 1).all()
    optimize(grad(bowl), x0, num_iters=2)
    assert (x0 == 1).all()


@each
def test_complex_parameters_descend(optimize):
    z = optimize(grad(lambda z, i: np.abs(z - (1 + 2j)) ** 2), 0j, num_iters=2000, step_size=0.01)
    assert abs(z - (1 + 2j)) < 0.05


@each
def test_float32_stays(optimize):
    x = optimize(grad(lambda x, i: np.sum(x**2)), numpy.ones(3, numpy.float32), num_iters=3)
    assert x.dtype == numpy.float32


@each
def test_wrong_gradients_are_refused(optimize):
    with pytest.raises(ValueError, match="must be like the parameters"):
        optimize(lambda x, i: (x["a"],), {"a": 1.0})
    with pytest.raises(ValueError, match=r"shape \(3,\) for parameters of shape \(2,\)"):
        optimize(lambda x, i: numpy.ones(3), numpy.ones(2))


@each
def test_the_optimum_can_be_differentiated(optimize):
    def trained(size):
        return optimize(
            lambda x, i: 2 * (x - 3.0), np.array([0.0, 1.0]), num_iters=4, step_size=size
        )

    h = 1e-6
    expected = (trained(0.1 + h) - trained(0.1 - h)).sum() / (2 * h)
    numpy.testing.assert_allclose(grad(lambda s: np.sum(trained(s)))(0.1), expected, rtol=1e-6)
