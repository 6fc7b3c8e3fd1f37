"""What is computed along a way of its own, held against central differences."""

from __future__ import annotations

import functools

import numpy

import tracegrad.numpy as np
from tracegrad import grad, jacfwd, jvp
from tracegrad.core.box import getval

P = numpy.array([0.7, 0.3, 1.2])


def differences(fun, p, h=1e-3):
    def along(e):
        near, far = fun(p + h * e) - fun(p - h * e), fun(p + 2 * h * e) - fun(p - 2 * h * e)
        return (8 * near - far) / (12 * h)

    return numpy.stack([along(e) for e in numpy.eye(p.size)], -1)


def agree(fun, p=P, tolerance=1e-8, second=False):
    """Both modes give the differences, and so do their nestings along one direction."""
    close = functools.partial(numpy.testing.assert_allclose, rtol=tolerance, atol=tolerance)
    want = differences(lambda p: getval(fun(p)), p)
    close(grad(fun)(p), want)
    close(jacfwd(fun)(p), want)
    if second:
        v = numpy.cos(numpy.arange(p.size))
        want = differences(grad(fun), p) @ v
        along = lambda p: jvp(fun, (p,), (v,))[1]
        close(grad(along)(p), want)
        close(grad(lambda p: np.sum(grad(fun)(p) * v))(p), want)
        close(jvp(grad(fun), (p,), (v,))[1], want)
        close(jvp(along, (p,), (v,))[1], want @ v)
