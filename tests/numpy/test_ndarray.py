"""What a traced array answers: methods, attributes, printing.

Each line below is run on a plain array by NumPy, and on traced ones.
"""

from __future__ import annotations

import copy

import numpy
import pytest

from tests import tester
from tests.numpy.lines import X, answers, attempt, line, lines
from tests.tester import NUMPY_2, Case, Sample
from tracegrad.core.box import getval
from tracegrad.modes.sharing import sharers
from tracegrad.numpy.box import ArrayBox
from tracegrad.numpy.refusing import MEMORY, REFUSED

DERIVED = lines("""
x.T
x.real
x.imag
x.sum()
x.sum(0)
x.sum((0, 1), None, None, True, 2.0, x > 0.1)
x.sum(axis=(0, -1), keepdims=True)
x.sum(axis=-1, initial=3.0, where=x > 0.1)
x.prod()
x.prod(0, None, None, True, 2.0, x > 0.1)
x.prod(axis=-1, keepdims=True)
x.mean(1)
x.mean(axis=0, keepdims=True, where=numpy.array([[True], [False]]))
x.std(0, None, None, 1, True)
x.std(axis=1, ddof=1, where=[True, False, True])
x.var(axis=0, ddof=1, keepdims=True)
x.max()
x.max(0, None, True, 0.3)
x.max(axis=1, initial=0.3, where=x > 0.1)
x.min(axis=(0, 1), keepdims=True, initial=0.3, where=x > 0.1)
x.cumsum()
x.cumsum(0)
x.cumsum(axis=-1)
x.cumprod()
x.cumprod(axis=-1)
x.clip(-0.1, 0.3)
x.clip(min=0.1)
x.clip(max=0.3)
x.clip(None, x[0])
x.clip(x[:, :1], 0.4)
x.round(1) * x
x.round(decimals=-1) + x
x.conj() * x.conjugate()
x.copy() * x.copy("F") * x.copy(order="K")
copy.copy(x) * copy.deepcopy(x)
x.astype(complex) * 2j
x.astype("f8", "C", "safe", False, False) * x.astype(dtype=float, copy=False, casting="no")
x.reshape(-1)
x.reshape(3, -1)
x.reshape((3, 2), order="F")
x.reshape([6])
x.ravel("F")
x.ravel(order="C")
x.flatten()
x.flatten("F")
x.transpose()
x.transpose(None) * x.transpose(1, 0) * x.transpose([-1, 0]) * x.transpose(numpy.array([1, 0]))
x[0].transpose(0)
x.swapaxes(0, -1)
x[:1].squeeze()
x[:1].squeeze(0) * x[:1].squeeze(axis=(0,))
x.diagonal(1)
x.diagonal(offset=-1, axis1=1, axis2=0)
x.trace()
x.trace(1, 1, 0)
x.trace(offset=-1, axis1=-1, axis2=0)
x.dot(x.T)
x.dot([1.0, 2.0, 3.0])
x.take([0, 5, 0])
x.take([[0, -1]], axis=1)
x.take(7, mode="wrap") * x.take([9], 1, None, "clip")
x.compress([True, False, True], axis=1)
x.compress(condition=[0, 1])
x.repeat(2)
x.repeat([1, 2], axis=0)
x.view() * x.view(numpy.ndarray) * x.view(x.dtype) * x.view(type=numpy.ndarray)
x[x.nonzero()]
x[:, x[0].argsort()]
x[:, x[0].argsort(axis=-1, kind="stable", order=None)]
x * x.argmax() + x.argmin(axis=0)
x * x.argmax(0, keepdims=True)
x[:, x[1].argpartition(1)[1]]
x[:, x[1].argpartition(kth=1, axis=-1, kind="introselect")[1]]
x * (x > 0).any() + (x > -9).all(axis=0, keepdims=True, where=[[True], [False]])
x * x.any(axis=0) + x.all()
x * numpy.sort(x[0]).searchsorted(0.1) + x[0].searchsorted(x[1], "right", x[0].argsort())
x * (x.ndim + x.size + x.shape[1] + len(x) + x.itemsize + x.nbytes + x.strides[0])
x * x.flags.c_contiguous
# going through it
sum(x)
sum(row[0] * row[1] for row in x)
max(x[0]) * min(x[1])
sorted(x[0])[1]
[a * b for a, b in zip(x[0], reversed(x[1]))]
[i * v for i, v in enumerate(x[0])]
np.array([*x[0], 1.0])
np.array([v for v in x.flat])
(lambda a, b, *rest: a * b * rest[0])(*x[0])
x * (x[0, 0] in x) + (7.0 in x) + ("a" in x)
x.flat[1:3] * x.flat[0]
x.flat.copy() * numpy.sin(x.flat) * numpy.ravel(x.flat)
x.flat.base * len(x.flat) * (x.flat > 0.1).sum()
# numbers
divmod(x[0, 0], 0.7)[1] * pow(x[0, 1], 2) * abs(x[0, 2])
x[0, 0] * round(x[0, 0]) + round(x[0, 1], 1) + math.floor(x[0, 2]) + math.ceil(x[1, 0])
x[0, 0] * math.trunc(x[0, 1]) + x[0, 0].is_integer()
x[0, 0].copy() * x[0, 0].view() * x[0, 0].real * x[0, 0].T * x[0, 0].conj()
x[0, 0].sum() * x[0, 0].round() * x[0, 0].clip(-1, 1) * x[0, 0].astype(complex)
x[0, 0].reshape(1) * x[0, 0].ravel() * x[0, 0].flatten() * x[0, 0].repeat(2)
# writing
x = x * 1.0; x.sort(); x * x
x = x * 1.0; x.sort(0, kind="stable"); x * x
x = x * 1.0; x.partition(1, axis=1); x[:, 1]
x = x * 1.0; x.fill(x[0, 0]); x
x = x * 1.0; x.put([0, -1, 0], x[0] * x[1]); x
x = x * 1.0; x.put(indices=[7], values=3.0 * x[0, 1], mode="wrap"); x
x = x * 1.0; x.resize(2, 4); x
x = x.T * 1.0; x.resize((2, 2), refcheck=False); x
x = x * 1.0; x.resize(); x
x = x * 1.0; y = x.astype(float, copy=False); y *= 2.0; x
x = x * 1.0; x.shape = -1; x[::2]
x = x * 1.0; x.flat = [1.0, x[0, 0]]; x
x = x * 1.0; y = x.flat[1:3]; y[0] = 5.0; x
x = x * 1.0; x.flat[1] = x[0, 0] ** 2; x
x = x * 1.0; x.real = x * x; x
z = x * (1 + 2j); z.real = x * x; z.imag = z.real * x[0]; z
# NumPy's own functions see the array through its protocols
numpy.sin(x)
numpy.add(x, x)
numpy.sum(x, axis=0)
numpy.concatenate([x, numpy.ones((1, 3)), x * x])
numpy.where(x > 0, x * x, 1.0)
numpy.einsum("ij,kj->ik", x, x)
numpy.multiply.outer(x, x)
numpy.stack([x, x * x], axis=-1)
numpy.dot(x, [1.0, 2.0, 3.0])
""")
if NUMPY_2:
    DERIVED += lines("""
x.mT
x.reshape(3, 2, copy=True)
x[0].argsort(stable=True) * x
x = x * 1.0; x.sort(stable=True); x
x.to_device("cpu") * (x.device == "cpu")
x * (x.__array_namespace__() is not None)
""")
else:
    DERIVED += lines("""
x.ptp(0) + x.ptp(axis=1, keepdims=True)
x = x * 1.0; x.itemset(1, x[0, 0] * 2); x.itemset((1, 2), x[0, 1] ** 2); x.itemset(0, 1, 7.0); x
""")


@pytest.mark.parametrize("source", DERIVED)
def test_derivative(source):
    sample = Sample(Case(source, (X,), fun=line(source)), {})
    tester.check_value(sample)
    tester.check_first(sample)
    tester.check_second(sample)


KINDS = {
    "float32": X.astype(numpy.float32),
    "complex": X * (1.0 + 0.5j),
    "0-d": numpy.array(1.5),
    "number": numpy.float64(1.5),
    "empty": numpy.zeros((0, 3)),
    "Fortran": numpy.asfortranarray(X),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", DERIVED)
def test_value(source, kind):
    """Of other kinds of arrays, the value, dtype and shape are NumPy's, and so are the errors."""
    fun, x = line(source), KINDS[kind]
    want = attempt(fun, copy.copy(x))
    for got in answers(fun, x):
        if isinstance(want, Exception):
            # a traced number has all that an array of no dimensions has
            assert isinstance(got, Exception) or kind == "number", (got, want)
            continue
        assert not isinstance(got, Exception), got
        several = isinstance(want, (list, tuple))
        for a, b in zip(got, want, strict=True) if several else [(got, want)]:
            tester.same_spaces([numpy.asarray(getval(a))], [numpy.asarray(b)], "value")
            numpy.testing.assert_allclose(getval(a), b, rtol=1e-5 if kind == "float32" else 1e-12)


# -- what it tells of itself ----------------------------------------------------------------------

TOLD = lines("""
repr(x)
str(x)
f"{x}"
f"{x[0, 0]:8.3f}" + f"{x[0, 1]!r:>30}" + format(x[1, 1], "") + format(x[1, 0], "+.2e")
"%s" % x[0]
numpy.array_repr(x, precision=2)
np.array_str(x) + np.array2string(x, precision=1, separator=", ")
bool(x[0, 0] > 0), bool(x[0, 0]), not x[0, 0]
len(x), len(x[0]), x.shape, x.ndim, x.size, x.dtype, x.itemsize, x.nbytes, x.strides
x.all(), x.any(), x.argmax(), x.argmin()
x == "a", x != "a", (x == x[0]).tolist(), (x < 0.1).tolist()
x.astype(int).tolist(), x.astype(bool).tolist(), x.astype("U4").tolist()
[10, 20, 30][x.argmax() % 3]
(x.flat == x[0, 0]).tolist(), x.flat.coords
isinstance(round(x[0, 0]), int), isinstance(math.floor(x[0, 0]), int)
""")


@pytest.mark.parametrize("source", TOLD)
def test_told(source):
    fun = line(source)
    want = fun(X.copy())
    for got in answers(fun, X):
        numpy.testing.assert_equal(got, want)


WRONG = lines("""
bool(x)
len(x[0, 0])
iter(x[0, 0])
f"{x:.2f}"
~x
x & x
x << 1
numpy.array([1, 2, 3]) & x
pow(x, 2, 3)
round(x)
math.floor(x)
x[0, 0, 0]
x[7]
x[0.5]
[1, 2, 3][x[0, 0]]
range(x[0, 0])
x.foo
x.sum(axis=5)
x.sum(foo=1)
x.sum(0, axis=0)
x.reshape(4)
x.choose([x, x])
x.squeeze(0)
x.T.shape = -1; x
y = x.T; y.shape = 6; y
x[0, 0].shape = 1; x
x.fill(); x
x.compress([1, 1, 1, 1], axis=0)
x.put([9], 1.0)
""")

if NUMPY_2:
    WRONG.append('x.to_device("gpu")')


@pytest.mark.parametrize("source", WRONG)
def test_wrong(source):
    """What is wrong with NumPy's arrays raises an error of the same type."""
    want = attempt(line(source), X.copy())
    assert isinstance(want, Exception)
    kinds = [TypeError, ValueError, AttributeError, IndexError]
    kinds = tuple([kind for kind in kinds if isinstance(want, kind)])
    for got in answers(line(source), X):
        assert isinstance(got, kinds), (got, want)


def test_sharing():
    """Which methods give views, and which copies."""
    for source in lines("""
x.T
x.real
x.conj()
x.copy()
x.flatten()
x.ravel()
x.ravel("F")
x.reshape(-1)
x.T.reshape(-1)
x.transpose([1, 0])
x.view(numpy.ndarray)
x[:1].squeeze(0)
x.swapaxes(0, 1)
x.diagonal()
x.astype("f8")
x.astype("f8", copy=False)
x.astype("f4")
x.take([0])
x.compress([1], axis=0)
x.repeat(1)
x.round(3)
x.clip(0)
x.cumsum(0)
x.flat[:]
"""):
        shared = numpy.shares_memory(line(source)(X), X)

        def fun(x, source=source):
            y = x * 1.0
            view = line(source)(y)
            return view is y or any(view is other for other in sharers(y))

        assert answers(fun, X)[:2] == [shared, shared], source


def test_every_public_name_of_ndarray_is_there():
    tested = " ".join(DERIVED + TOLD + WRONG)
    for name in dir(numpy.ndarray):
        if not name.startswith("_"):
            assert hasattr(ArrayBox, name), name
            assert name in REFUSED or name in MEMORY or f".{name}" in tested, name
