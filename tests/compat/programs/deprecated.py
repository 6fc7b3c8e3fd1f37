"""What autograd still takes of its earlier ways: rules declared by methods of the primitive."""

import warnings

import autograd.numpy as np
import numpy
from autograd import grad
from autograd.core import primitive
from autograd.test_util import check_grads

x, y = numpy.arange(1.0, 5.0).reshape(2, 2), numpy.ones((2, 2)) / 3


@primitive
def product(x, y):
    return x * y


@primitive
def again(x, y):
    return x * y


@primitive
def flat(x, y):
    return x * y


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    product.defgrad(lambda ans, x, y: lambda g: y * g)
    product.defgrad(lambda ans, x, y: lambda g: x * g, argnum=1)
    again.defvjp(lambda g, ans, vs, gvs, x, y: g * y if vs == gvs else None)
    again.defvjp(lambda g, ans, vs, gvs, x, y: g * x, argnum=1)
    flat.defvjp_is_zero([0])
    flat.defvjp(lambda g, ans, vs, gvs, x, y: g * x, argnum=1)
assert len(caught) == 6 and "autograd.extend.defvjp" in str(caught[0].message)
assert {warning.filename for warning in caught} == {__file__}
for fun in (product, again):
    check_grads(fun, (0, 1))(x, y)
assert grad(lambda x: np.sum(flat(x, y) + flat(y, x)))(x).tolist() == y.tolist()
