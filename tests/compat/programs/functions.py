"""Functions that take more under autograd's name than NumPy's and SciPy's do."""

import pickle

import autograd.numpy as np
import autograd.scipy
import numpy
import scipy.signal
from autograd import grad, hessian, jacobian
from autograd.core import make_vjp
from autograd.extend import defvjp, primitive, vspace
from autograd.scipy.signal import convolve
from autograd.test_util import check_grads, combo_check

assert np.__version__ == numpy.__version__
assert autograd.scipy.signal.convolve is convolve
random = numpy.random.RandomState(0)

# where: its arguments may be named
x, y, chosen = numpy.array([1.0, 2.0]), numpy.array([3.0, 4.0]), [True, False]
for values in (np.where(chosen, x, y=y), np.where(condition=chosen, x=x, y=y)):
    assert values.tolist() == [1.0, 4.0]
assert np.where(chosen)[0].tolist() == [0]
assert grad(lambda x: np.sum(np.where(chosen, x, y=y)))(x).tolist() == [1.0, 0.0]

# where: of Python's numbers and lists it gives such, of others arrays
assert type(np.where(True, 1, 2)) is int and type(np.where(True, 1, y=2.0)) is float
assert np.where(chosen, [1, 2], (3.0, 4.0)) == [1.0, 4.0]
for array in (np.where(numpy.bool_(True), 1, 2), np.where(chosen, [x[0], 2], 0.0)):
    assert isinstance(array, numpy.ndarray)
assert grad(lambda x: np.where(True, x, 2.0))(1.0) == 1.0

# types of integers take the values of traced arrays, and are NumPy's in all else
whole = lambda x: np.sum(x[np.int64(x) - 1] * np.int32(x[1])) + x[0] * np.int8([x[1], 1]).sum()
assert grad(whole)(x).tolist() == [5.0, 2.0]
assert np.int64 == numpy.int64 and {numpy.int64: True}[np.int64]
assert isinstance(numpy.int64(1), np.int64) and not isinstance(1.0, np.int64)
assert type(np.int64(3)) is numpy.int64 and issubclass(numpy.int64, np.int64)
assert numpy.zeros(1, np.int16).dtype == np.int16 == numpy.dtype(np.int16)
assert pickle.loads(pickle.dumps(np.int64)) == numpy.int64

# what joins arrays takes views of dictionaries
assert np.stack({"x": x, "y": y}.values()).tolist() == [[1.0, 2.0], [3.0, 4.0]]
assert grad(lambda x: np.sum(np.stack({"x": x, "y": x**2}.values())))(x).tolist() == [3.0, 5.0]

# what is no number has the derivative zero
assert make_vjp(lambda x: x > 0, 1.0)[0](1.0) == 0.0
assert make_vjp(lambda x: None, x)[0](1.0).tolist() == [0.0, 0.0]

# a complex number counts for two
space = vspace([1j * x, 2.0])
assert space.size == len(list(space.standard_basis())) == 5

# Jacobians are arrays
for slope in (jacobian(np.sin)(0.5), hessian(np.sin)(0.5), jacobian(jacobian(np.sin))(0.5)):
    assert type(slope) is numpy.ndarray and slope.shape == ()
assert jacobian(lambda x: (x**2, 7), has_aux=True)(1.0) == (2.0, 7)
assert grad(lambda x: jacobian(np.sin)(x) * x)(0.0) == 1.0

# plain NumPy makes arrays of objects, which keep derivatives
assert grad(lambda x: numpy.array([x[0], 2 * x[1]]).prod())(x).tolist() == [4.0, 2.0]
stacked = lambda x: np.sum(np.array(1.0 / (1.0 + numpy.array([x, x**2]))))
check_grads(stacked)(x)
for dropping in (numpy.float64, float, lambda x: numpy.array([x], float)):
    try:
        grad(lambda x, dropping=dropping: dropping(x[0]))(x)
    except (TypeError, ValueError):
        pass
    else:
        raise AssertionError("a derivative was dropped")

# convolve: axes, and axes over which it multiplies
a, b = random.randn(2, 3, 6), random.randn(4, 3, 3)
for mode in ("full", "same", "valid"):
    found = convolve(a, b, axes=([2], [-1]), dot_axes=([1], [1]), mode=mode)
    turned = convolve(b, a, axes=([2], [2]), dot_axes=([1], [1]), mode=mode)
    wanted = numpy.array([[sum(map(numpy.convolve, u, v, [mode] * 3)) for v in b] for u in a])
    assert numpy.allclose(found, wanted), mode
    assert mode == "same" or numpy.allclose(turned, wanted.swapaxes(0, 1)), mode
    for first, second in ((a, b), (b, a)):
        check_grads(lambda x, y, mode=mode: convolve(x, y, ([2], [2]), ([1], [1]), mode), (0, 1))(
            first[:1], second[:2]
        )
    plain = scipy.signal.convolve(a[0], b[0], mode)
    assert numpy.allclose(convolve(a[0], b[0], mode=mode), plain)
    assert numpy.allclose(convolve(a[0], b[0], mode, "direct"), plain)
    assert numpy.allclose(convolve(a[0], b[0], axes=([0, 1], [0, 1]), mode=mode), plain)
    assert numpy.allclose(convolve(a[0], b[0], axes=([1, 0], [1, 0]), mode=mode), plain.T)
assert numpy.allclose(convolve(a, b, ([], []), ([1], [1])), numpy.tensordot(a, b, [[1], [1]]))
assert convolve(numpy.float32(a), numpy.float32(b), ([2], [2])).dtype == numpy.float32
for wrong in (
    lambda: convolve(a, b[:, :2], axes=([0, 1], [0, 1]), mode="valid"),
    lambda: convolve(a, b, axes=([2], [2]), mode="whole"),
    lambda: convolve(a, b, axes=([3], [2])),
):
    try:
        wrong()
    except (ValueError, IndexError):
        pass
    else:
        raise AssertionError("a wrong call")

# checks of derivatives let small errors pass: of the first argument alone, unless told which
off = primitive(lambda x, y, by: (1.0 + 0.0 * by) * x * y)
defvjp(off, lambda ans, x, y, by: lambda g: g * y + by, None, None)
for by, argnum, wrong in ((1e-7, 0, False), (1e-2, 0, True), (0.0, 1, True)):
    for check in (check_grads, combo_check):
        arguments = (1.5, 2.5, by) if check is check_grads else ([1.5], [2.5], [by])
        try:
            check(off, argnum, modes=["rev"], order=1)(*arguments)
        except AssertionError:
            assert wrong
        else:
            assert not wrong
