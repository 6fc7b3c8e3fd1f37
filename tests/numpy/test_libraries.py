"""Published libraries that know nothing of tracegrad: they call NumPy, and a trace sees it."""

from __future__ import annotations

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.testing import check_grads

X = numpy.random.default_rng(0).uniform(0.5, 2.0, (3, 4))
Y = numpy.random.default_rng(1).uniform(0.5, 2.0, (3, 4))


# -- opt_einsum: the order of a product of many arrays ---------------------------------------------


@pytest.mark.parametrize("backend", ["auto", "numpy"])
@pytest.mark.parametrize(
    "subscripts", ["ij,kj,kl->il", "ij,kj,kl->", "ij,ij,ij->j", "ij,kl,kj->lki"], ids=str
)
def test_opt_einsum(subscripts, backend):
    contract = pytest.importorskip("opt_einsum").contract
    check_grads(lambda x, y: contract(subscripts, x, y, x * y, backend=backend))(X, Y)


def test_opt_einsum_expression():
    opt_einsum = pytest.importorskip("opt_einsum")
    product = opt_einsum.contract_expression("ij,jk,kl->il", (3, 4), Y.T, (3, 2), constants=[1])
    check_grads(lambda x: product(x, x[:, :2]))(X)


# -- xarray: arrays whose axes have names ----------------------------------------------------------


def _xarray(f):
    """A function of labelled arrays as one of arrays."""
    DataArray = pytest.importorskip("xarray").DataArray

    def unlabelled(x, y):
        return f(DataArray(x, dims=("a", "b")), DataArray(y, dims=("a", "b"))).data

    return unlabelled


@pytest.mark.parametrize(
    "f",
    [
        lambda x, y: x**2 + 3.0 / y - x * y,
        lambda x, y: numpy.sin(x) * numpy.hypot(x, y),
        lambda x, y: (x * y.mean("a")).sum("b"),
        lambda x, y: (x - x.mean()) / x.std("b"),
        lambda x, y: x.isel(a=1) * y.isel(a=slice(1, None)),
        lambda x, y: x.max("b") - y.min("a"),
        lambda x, y: x.where(x > y, 0.5 * y),
        lambda x, y: (x * y).T,
        lambda x, y: x.dot(y, dim="a"),
        lambda x, y: x.clip(0.8, 1.6).cumsum("b"),
    ],
    ids=["arithmetic", "ufuncs", "aligned", "scaled", "parts", "extremes", "where", "transposed",
         "dot", "clipped"],
)  # fmt: skip
def test_xarray(f):
    check_grads(_xarray(f))(X, Y)


def _set_parts(x, y):
    z = x * 1.0
    z[0] = y[1]
    z[{"b": 1}] = 3.0 * y[{"b": 0}]
    z.loc[{"a": slice(1, 2)}] *= x[1]
    return z


def _augmented(x, y):
    z = x.copy()
    z += y
    z *= 2.0
    z -= y.mean("a")
    z /= x
    z **= 2
    return z


@pytest.mark.parametrize("f", [_set_parts, _augmented])
def test_xarray_in_place(f):
    check_grads(_xarray(f))(X, Y)


# -- pint: quantities with units -------------------------------------------------------------------


@pytest.fixture(scope="module")
def units():
    return pytest.importorskip("pint").UnitRegistry()


@pytest.mark.parametrize(
    "f",
    [
        lambda u, x, y: ((x * u.meter) ** 2 / (y * u.second)).to("cm**2/hour"),
        lambda u, x, y: numpy.exp(u.Quantity(x, "km") / u.Quantity(y, "mile")),
        lambda u, x, y: numpy.sin(u.Quantity(x * y, "degree")),
        lambda u, x, y: numpy.sqrt(u.Quantity(x, "m") ** 2 + u.Quantity(y, "ft") ** 2).sum(axis=0),
        lambda u, x, y: numpy.concatenate([u.Quantity(x, "m"), u.Quantity(y, "inch")]),
        lambda u, x, y: numpy.where(x > y, u.Quantity(x, "kg"), u.Quantity(y, "g")).mean(axis=1),
        lambda u, x, y: (u.Quantity(x, "N") @ u.Quantity(y.T, "m")).to("kJ"),
        lambda u, x, y: u.Quantity(x, "degC").to("kelvin")[1:, 0],
    ],
    ids=["powers", "ratio", "angle", "root", "joined", "where", "product", "offset"],
)
def test_pint(units, f):
    check_grads(lambda x, y: f(units, x, y).magnitude)(X, Y)


def _with_units(u, x, y):
    q = u.Quantity(x * 1.0, "m")
    q[0] = u.Quantity(y[0], "km")
    q[:, 1] *= 3.0
    q += u.Quantity(y, "cm")
    q.ito("cm")
    q **= 2
    return q


def _into_zeros(u, x, y):
    q = u.Quantity(np.zeros((3, 4)), "m")
    q[...] = u.Quantity(x, "ft")
    q -= u.Quantity(y, "inch")
    return q


@pytest.mark.parametrize("f", [_with_units, _into_zeros])
def test_pint_in_place(units, f):
    check_grads(lambda x, y: f(units, x, y).magnitude)(X, Y)


# -- the array API: libraries that ask an array for its functions --------------------------------


@pytest.mark.parametrize(
    "f",
    [
        lambda e, x, y: e.rearrange(x * y, "a (b c) -> c a b", b=2),
        lambda e, x, y: e.reduce(x * y, "a (b c) -> a c", "mean", b=2),
        lambda e, x, y: e.reduce(x * y, "a b -> b", "max"),
        lambda e, x, y: e.reduce(x, "a b -> a", "prod") * e.reduce(y, "a b -> a", "sum"),
        lambda e, x, y: e.repeat(x * y, "a b -> (r a) b", r=2),
        lambda e, x, y: e.pack([x, y[0] * x[1]], "* b")[0],
        lambda e, x, y: e.unpack(x * y, [[2], []], "* b")[1],
    ],
    ids=["rearrange", "mean", "max", "prod", "repeat", "pack", "unpack"],
)
def test_einops(f):
    if not hasattr(numpy.ndarray, "__array_namespace__"):
        pytest.skip("arrays have a namespace since NumPy 2")
    einops = pytest.importorskip("einops.array_api")
    check_grads(lambda x, y: f(einops, x, y))(X, Y)


@pytest.mark.parametrize(
    "f",
    [
        lambda xp, x, y: xp.sum(xp.sin(x) * xp.exp(y), axis=0),
        lambda xp, x, y: xp.concat([x, y * x], axis=1),
        lambda xp, x, y: xp.linalg.inv(x @ xp.matrix_transpose(y) + 9.0 * xp.eye(3)),
        lambda xp, x, y: xp.std(x, correction=1) * xp.permute_dims(y, (1, 0)),
        lambda xp, x, y: xp.where(x > y, xp.asarray(2.0) * x, xp.zeros_like(y)),
    ],
    ids=["sum", "concat", "inverse", "deviation", "where"],
)
def test_array_api_compat(f):
    if not hasattr(numpy.ndarray, "__array_namespace__"):
        pytest.skip("arrays have a namespace since NumPy 2")
    compat = pytest.importorskip("array_api_compat")
    check_grads(lambda x, y: f(compat.array_namespace(x, y), x, y))(X, Y)
    seen = []
    grad(lambda x: seen.append((compat.is_array_api_obj(x), compat.device(x))) or x.sum())(X)
    assert seen == [(True, "cpu")]
