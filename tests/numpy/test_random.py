"""Random samples: NumPy's own values and states, implicit derivatives, refusals."""

import copy
import pickle

import numpy
import pytest
from scipy import special, stats

import tracegrad.numpy as np
from tests.numpy.derivatives import difference, leaves
from tracegrad import deriv, grad, value_and_grad
from tracegrad.core.box import getval, isbox
from tracegrad.core.errors import NoDerivative
from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback
from tracegrad.numpy.rules.random import samples as rules

MATRIX = numpy.array([[2.0, 0.3], [0.3, 1.0]])
PARAMETERS = {
    "normal": (0.5, 1.3), "uniform": (-0.5, 1.0), "laplace": (0.5, 1.3), "logistic": (0.5, 1.3),
    "gumbel": (0.5, 1.3), "lognormal": (0.5, 0.6), "exponential": (1.3,), "rayleigh": (1.3,),
    "pareto": (2.5,), "weibull": (1.5,), "power": (2.5,), "triangular": (-1.0, 0.3, 2.0),
    "multivariate_normal": (numpy.array([0.5, 1.0]), MATRIX), "standard_gamma": (1.7,),
    "gamma": (1.7, 0.6), "chisquare": (3.5,), "beta": (1.5, 2.5), "f": (3.5, 6.5),
    "standard_t": (4.5,), "dirichlet": (numpy.array([0.7, 1.5, 2.5]),), "wald": (1.5, 2.5),
    "vonmises": (0.5, 2.5),
}  # fmt: skip
COUNTED = {
    "binomial": (10, 0.4), "geometric": (0.3,), "hypergeometric": (5, 6, 7), "integers": (5, 50),
    "logseries": (0.6,), "multinomial": (9, numpy.array([0.2, 0.3, 0.5])),
    "negative_binomial": (4.5, 0.4), "poisson": (3.5,), "randint": (5, 50), "zipf": (2.5,),
}  # fmt: skip
SOURCES = {
    "default_rng": lambda module: module.random.default_rng(5),
    "Generator": lambda module: module.random.Generator(numpy.random.MT19937(5)),
    "RandomState": lambda module: module.random.RandomState(5),
    "module": lambda module: module.random.seed(5) or module.random,
}
SIZES = ({}, {"size": 3}, {"size": (2, 2)}, {"size": ()})


def leaf(x):
    return numpy.asarray(x)[()] * 1.0


def opened(fun, args):
    """The sample that each mode sees, at boxes of the arguments."""
    seen = []

    def watched(*args):
        seen.append(getval(fun(*args)))
        return np.sum(args[0]) * 0.0

    args = [leaf(x) for x in args]
    pullback(watched, *args)
    pushforward(watched, args, args)
    pushforward(lambda *args: grad(watched)(*args), args, args)
    return seen


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", [*PARAMETERS, *COUNTED])
def test_the_sample_is_numpys(name, source):
    """To the last bit, and so is what is drawn after it."""
    if not hasattr(SOURCES[source](numpy), name):
        return
    args = (PARAMETERS | COUNTED)[name]
    for size in SIZES:
        plain = SOURCES[source](numpy)
        want = [
            getattr(plain, name)(*args, **size), plain.standard_normal(), plain.standard_normal()
        ]  # fmt: skip

        def fun(*args, size=size, want=want):
            traced = SOURCES[source](np)
            got = [getattr(traced, name)(*args, **size)]
            got += [traced.standard_normal(), traced.standard_normal()]
            assert isbox(got[0]) == (name in PARAMETERS)
            for a, b in zip(map(getval, got), want):
                numpy.testing.assert_array_equal(a, b)
                assert numpy.shape(a) == numpy.shape(b)
            return got[0]

        assert len(opened(fun, args)) == 3


def test_every_method_is_in_a_test():
    assert PARAMETERS.keys() == rules.PATHS.keys()
    no_floats = {"multivariate_hypergeometric", "random_integers", "tomaxint"}  # nor boxes of them
    assert rules.COUNTS - COUNTED.keys() == no_floats
    for kind in (numpy.random.Generator, numpy.random.RandomState):
        known = {*rules.PATHS, *rules.PICKS, *rules.COUNTS, *rules.REFUSED}
        without = {name for name in dir(kind) if name[0] != "_"} - known
        assert without <= {
            "bit_generator", "bytes", "get_state", "rand", "randn", "random", "random_sample",
            "seed", "set_state", "spawn", "standard_cauchy", "standard_exponential",
            "standard_normal",
        }  # fmt: skip


# -- implicit derivatives --------------------------------------------------------------------------


def student_quantile(p, df):
    """More exact than SciPy's own before 1.12."""
    part = special.betaincinv(0.5, 0.5 * df, abs(2.0 * p - 1.0))
    return numpy.sign(p - 0.5) * numpy.sqrt(df * part / (1.0 - part))


QUANTILES = {
    "standard_gamma": lambda p, a: special.gammaincinv(a, p),
    "gamma": lambda p, a, scale: scale * special.gammaincinv(a, p),
    "chisquare": lambda p, df: 2.0 * special.gammaincinv(df / 2.0, p),
    "beta": lambda p, a, b: special.betaincinv(a, b, p),
    "f": lambda p, m, n: special.fdtri(m, n, p),
    "standard_t": lambda p, df: student_quantile(p, df),
}
ODD = {
    "standard_gamma": [(0.1,), (0.9,), (30.0,), (1e4,)],
    "gamma": [(0.4, 3.0)], "chisquare": [(0.7,), (80.0,)],
    "beta": [(0.4, 0.6), (0.3, 20.0), (40.0, 0.5), (30.0, 50.0)],
    "f": [(0.8, 2.0), (50.0, 60.0)], "standard_t": [(0.8,), (40.0,)],
}  # fmt: skip
DISTRIBUTION = {
    "standard_gamma": lambda z, a: special.gammainc(a, z),
    "gamma": lambda z, a, scale: special.gammainc(a, z / scale),
    "chisquare": lambda z, df: special.gammainc(df / 2.0, z / 2.0),
    "beta": lambda z, a, b: special.betainc(a, b, z),
    "f": lambda z, m, n: special.fdtr(m, n, z),
    "standard_t": lambda z, df: special.stdtr(df, z),
}
IMPLICIT = [(name, args) for name in ODD for args in (PARAMETERS[name], *ODD[name])]


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState])
@pytest.mark.parametrize("name, args", IMPLICIT, ids=str)
def test_against_quantiles(name, args, make):
    """The sample moves as the quantile does at which it lies."""
    plain = getattr(make(5), name)(*args, size=6)
    p = DISTRIBUTION[name](plain, *args)
    inside = (p > 1e-3) & (p < 0.999)  # where differences of quantiles have digits
    assert inside.sum() >= 3
    args = [leaf(x) for x in args]
    for i, x in enumerate(args):

        def at(change, i=i, x=x):
            return [*args[:i], x * (1.0 + change), *args[i + 1 :]]

        got = deriv(lambda c: getattr(make(5), name)(*at(c), size=6))(0.0)
        want = difference(lambda c: QUANTILES[name](p, *at(c)), [numpy.float64(0)], [1.0], 1e-3)
        numpy.testing.assert_allclose(got[inside], want[0][inside], rtol=1e-8, atol=1e-9)


def slope(name, args, i, make=np.random.default_rng):
    def fun(x):
        return getattr(make(5), name)(*args[:i], x, *args[i + 1 :], size=6)

    return fun(args[i]), deriv(fun)(leaf(args[i]))


@pytest.mark.parametrize(
    "name, args, cdf, pdf",
    [
        *[("wald", args,
           lambda z, m, s: stats.invgauss.cdf(z, m / s, scale=s),
           lambda z, m, s: stats.invgauss.pdf(z, m / s, scale=s))
          for args in [(1.5, 2.5), (0.3, 8.0), (4.0, 0.5)]],
        *[("vonmises", args,
           lambda z, m, k: stats.vonmises.cdf(z, k, loc=m),
           lambda z, m, k: stats.vonmises.pdf(z, k, loc=m))
          for args in [(0.5, 2.5), (-1.0, 0.3), (0.0, 30.0)]],
    ],
)  # fmt: skip
def test_against_distribution_functions(name, args, cdf, pdf):
    """dz/dθ = -(∂F/∂θ) / f."""
    for i in range(2):
        z, got = slope(name, args, i)
        moved = difference(lambda x, i=i, z=z: cdf(z, *args[:i], x, *args[i + 1 :]),
                           [leaf(args[i])], [1.0], 1e-3)  # fmt: skip
        numpy.testing.assert_allclose(got, -moved[0] / pdf(z, *args), rtol=2e-7, atol=1e-8)


SECOND = ["standard_gamma", "gamma", "chisquare", "beta", "f", "standard_t"]


@pytest.mark.parametrize("name", SECOND)
def test_second_derivatives(name):
    """Of the quantile's slope along its own path, in four nestings."""
    args = [leaf(x) for x in PARAMETERS[name]]
    p = DISTRIBUTION[name](getattr(np.random.default_rng(5), name)(*args, size=5), *args)

    def fun(c):
        return getattr(np.random.default_rng(5), name)(*[x * (1.0 + c) for x in args], size=5)

    h = 2e-3
    steps = [QUANTILES[name](p, *[x * (1.0 + k * h) for x in args]) for k in (-2, -1, 0, 1, 2)]
    a, b, c, d, e = steps
    want = (-a + 16 * b - 30 * c + 16 * d - e) / (12 * h * h)
    total = lambda c: np.sum(fun(c))
    got = deriv(deriv(fun))(0.0)
    numpy.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-6)
    for nested in (grad(grad(total)), grad(deriv(total)), deriv(grad(total))):
        numpy.testing.assert_allclose(nested(0.0), got.sum(), rtol=1e-10)


@pytest.mark.parametrize("name", ["wald", "vonmises", "dirichlet"])
def test_second_derivatives_agree(name):
    args = [leaf(x) for x in PARAMETERS[name]]
    fun = lambda c: getattr(np.random.default_rng(5), name)(*[x + c * x for x in args], size=5)
    total = lambda c: np.sum(fun(c) ** 2)
    found = [f(0.0) for f in (
        deriv(deriv(total)), grad(grad(total)), grad(deriv(total)), deriv(grad(total))
    )]  # fmt: skip
    numpy.testing.assert_allclose(found, found[0], rtol=1e-9)


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState])
def test_means_move_as_they_should(make):
    """Of a dirichlet variable, E x_i x_j is known: the mean slope of many samples agrees."""
    alpha = numpy.array([0.7, 1.5, 2.5])

    def sampled(alpha):
        x = make(5).dirichlet(alpha, 10000)
        return np.stack([np.mean(x[:, 0] * x[:, 1]), np.mean(x[:, 2] ** 2), np.mean(x[:, 1])])

    def exact(alpha):
        total = np.sum(alpha)
        a, b, c = alpha
        return np.stack([a * b, c * (c + 1.0), b * (total + 1.0)]) / (total * (total + 1.0))

    for direction in numpy.eye(3):
        got = pushforward(sampled, [alpha], [direction])[1]
        want = pushforward(exact, [alpha], [direction])[1]
        numpy.testing.assert_allclose(got, want, atol=8e-3)  # of 10,000 samples
    x = np.random.default_rng(5).dirichlet(alpha, 4)
    pull = pullback(lambda alpha: np.sum(np.random.default_rng(5).dirichlet(alpha, 4)), alpha)[1]
    numpy.testing.assert_allclose(pull(numpy.float64(1.0))[0], 0.0, atol=1e-13)  # the sum stays 1
    assert x.shape == (4, 3)


def test_equal_eigenvalues():
    """Between which NumPy's factor has no derivative: the distribution has."""
    turn = numpy.array([[0.6, -0.8], [0.8, 0.6]])
    for make, options in [
        (np.random.RandomState, {}), (np.random.default_rng, {"method": "svd"}),
        (np.random.default_rng, {"method": "eigh"}), (np.random.default_rng, {}),
    ]:  # fmt: skip
        for turned in (numpy.eye(2), turn):
            fun = lambda s: make(5).multivariate_normal(
                np.zeros(2), s**2 * (turned @ turned.T), size=3, **options
            )
            numpy.testing.assert_allclose(deriv(fun)(2.0), fun(2.0) / 2.0, rtol=1e-10)
            total = lambda s: np.sum(fun(s) ** 2)
            numpy.testing.assert_allclose(grad(total)(2.0), total(2.0), rtol=1e-10)


# -- edges -----------------------------------------------------------------------------------------


def test_scale_zero():
    """The sample is the location, but moves with the noise."""
    for name in ("normal", "laplace", "logistic", "gumbel", "exponential", "rayleigh", "gamma"):
        args = (0.0,) if name in ("exponential", "rayleigh") else (1.5, 0.0)
        unit = getattr(np.random.default_rng(5), name)(*args[:-1], 1.0, size=4)
        shift = 1.5 if name not in ("exponential", "rayleigh", "gamma") else 0.0
        got = deriv(lambda s: getattr(np.random.default_rng(5), name)(*args[:-1], s, size=4))(0.0)
        numpy.testing.assert_allclose(got, unit - shift, rtol=1e-12)


def test_rounded_to_an_end():
    """Where a sample is 0 or 1 by rounding its slope is 0, not NaN."""
    for name, args in [
        ("standard_gamma", (1e-4,)), ("beta", (1e-4, 1e-4)), ("beta", (0.01, 50.0)),
        ("power", (1e-4,)), ("weibull", (1e-4,)),
    ]:  # fmt: skip
        for i in range(len(args)):
            z, got = slope(name, args, i)
            finite = numpy.isfinite(z)
            assert numpy.all(numpy.isfinite(got[finite])), name
    assert numpy.all(numpy.isfinite(
        grad(lambda a: np.sum(np.random.default_rng(0).dirichlet(a, 9) ** 2))(numpy.full(3, 1e-3))
    ))  # fmt: skip


def test_float32():
    fun = lambda a: np.random.default_rng(5).standard_gamma(a, size=3, dtype=numpy.float32)
    assert deriv(fun)(1.5).dtype == numpy.float32
    got = grad(lambda a: np.sum(fun(a)))(numpy.float32(1.5))
    assert got.dtype == numpy.float32
    numpy.testing.assert_allclose(got, deriv(fun)(1.5).sum(), rtol=1e-5)


def test_empty():
    for name, args in PARAMETERS.items():
        value, slope = value_and_grad(
            lambda *args: np.sum(getattr(np.random.default_rng(5), name)(*args, size=(0,)))
        )(*map(leaf, args))
        assert value == 0.0 and not numpy.any(slope)


def test_lists_and_keywords():
    fun = lambda x: np.random.default_rng(5).normal(loc=[x, 2.0 * x], scale=[x * x, 1.0])
    noise = numpy.random.default_rng(5).standard_normal(2)
    numpy.testing.assert_allclose(deriv(fun)(3.0), [1.0 + 6.0 * noise[0], 2.0])
    fun = lambda x: np.random.default_rng(5).dirichlet([x, x, 2.0])
    numpy.testing.assert_allclose(deriv(fun)(3.0).sum(), 0.0, atol=1e-14)
    fun = lambda x: np.random.default_rng(5).permutation([x, 2.0 * x, 3.0 * x])
    numpy.testing.assert_allclose(deriv(fun)(1.0), fun(1.0))
    fun = lambda x: np.random.RandomState(5).choice([x, 2.0 * x, 3.0 * x], 5, p=[0.1, 0.4, 0.5])
    numpy.testing.assert_allclose(deriv(fun)(1.0), fun(1.0))


def test_chances_have_no_derivative():
    """The picks are piecewise constant in their probabilities."""
    fun = lambda p: np.sum(np.random.default_rng(5).choice(5, 3, p=np.stack([p, 1 - p, 0, 0, 0])))
    assert value_and_grad(lambda p: fun(p) + 0.0 * p)(0.3) == (fun(0.3), 0.0)


# -- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda x: np.random.default_rng(5).noncentral_chisquare(3.0, x),
        lambda x: np.random.noncentral_f(3.0, 4.0, x),
        lambda x: np.random.default_rng(5).standard_gamma(x, out=numpy.zeros(3)),
        lambda x: np.random.default_rng(5).permuted(np.stack([x, x]), out=numpy.zeros(2)),
    ],
)
def test_refused_by_name(call):
    for mode in (grad, deriv):
        with pytest.raises(NoDerivative, match=r"random\.(non|stand|permut).*\n  in "):
            mode(lambda x: np.sum(call(x)))(1.5)


def test_numpys_own_errors():
    state = np.random.RandomState(5)
    before = copy.deepcopy(state.get_state(legacy=False))
    for call, message in [
        (lambda x: state.normal(0.0, -x), "scale < 0"),
        (lambda x: state.normal(x, 1.0, 2, 3), "argument"),
        (lambda x: state.gamma(x, shap=2.0), "shap"),
        (lambda x: state.normal(np.stack([x, x]), numpy.ones(3)), "shape mismatch"),
        (lambda x: state.choice(np.stack([x, x]).reshape(1, 2)), "1-dimensional"),
        (lambda x: state.choice(np.stack([x, x]), axis=0), "axis"),
        (lambda x: np.random.default_rng(5).permutation(np.stack([x, x]), 1), "axis 1"),
    ]:
        with pytest.raises((TypeError, ValueError), match=message):
            grad(lambda x: np.sum(call(x)))(1.5)
    numpy.testing.assert_equal(state.get_state(legacy=False), before)


# -- the objects -----------------------------------------------------------------------------------


def test_they_are_numpys_kind():
    for rng in (np.random.default_rng(0), np.random.default_rng(numpy.random.default_rng(0))):
        assert isinstance(rng, np.random.Generator) and isinstance(rng, numpy.random.Generator)
        assert np.random.default_rng(rng) is rng
    state = np.random.RandomState(0)
    assert isinstance(state, np.random.RandomState)
    assert isinstance(state, numpy.random.RandomState)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_copies_go_on_alike(copied):
    for original in (np.random.default_rng(0), np.random.RandomState(0)):
        original.standard_normal(3)
        other = copied(original)
        assert type(other) is type(original)
        numpy.testing.assert_array_equal(original.normal(size=5), other.normal(size=5))
    assert pickle.loads(pickle.dumps(np.random.normal)).__name__ == "normal"


def test_spawned_are_traced():
    child = np.random.default_rng(0).spawn(2)[1]
    assert type(child) is np.random.Generator
    assert deriv(lambda x: child.normal(x))(1.0) == 1.0


def test_the_global_state_is_numpys():
    np.random.seed(3)
    want = [numpy.random.normal(), numpy.random.normal(), numpy.random.normal()]
    numpy.random.seed(3)
    assert [np.random.normal(), numpy.random.normal(), np.random.normal()] == want
    numpy.random.seed(3)
    assert [value_and_grad(np.random.normal)(0.0)[0] for _ in want] == want


def test_a_step_follows_the_mean():
    """Maximum likelihood by sampling, as users write it."""

    def loss(parameters, rng):
        mean, log_scale = parameters
        z = rng.normal(mean, np.exp(log_scale), size=200)
        return np.mean((z - 2.0) ** 2) - 2.0 * log_scale

    rng, at = np.random.default_rng(0), numpy.array([0.0, 0.5])
    for _ in range(200):
        at = at - 0.05 * grad(loss)(at, rng)
    numpy.testing.assert_allclose(at, [2.0, 0.0], atol=0.1)
    assert leaves(at)[0].shape == (2,)
