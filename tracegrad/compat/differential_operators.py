"""autograd.differential_operators: the operators, which are at the top as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..operators import jacobians
from ..operators.gradients import (
    deriv,
    elementwise_grad,
    grad,
    grad_and_aux,
    grad_named,
    holomorphic_grad,
    multigrad_dict,
    value_and_grad,
)
from ..operators.memory import checkpoint
from ..operators.operator import Argnum, Operator
from ..operators.products import (
    hessian_tensor_product,
    hessian_vector_product,
    make_ggnvp,
    make_hvp,
    make_jvp,
    make_jvp_reversemode,
    make_vjp,
    tensor_jacobian_product,
    vector_jacobian_product,
)
from ..spaces import vspace
from .core import make_jvp as _make_jvp
from .core import make_vjp as _make_vjp
from .wrap_util import unary_to_nary

__all__ = [
    "_make_jvp", "_make_vjp",
    "checkpoint", "deriv", "elementwise_grad", "grad", "grad_and_aux", "grad_named", "hessian",
    "hessian_tensor_product", "hessian_vector_product", "holomorphic_grad", "jacobian",
    "make_ggnvp", "make_hvp", "make_jvp", "make_jvp_reversemode", "make_vjp", "multigrad_dict",
    "tensor_jacobian_product", "unary_to_nary", "value_and_grad", "vector_jacobian_product",
    "vspace",
]  # fmt: skip


def jacobian(fun: Callable, argnum: Argnum = 0, has_aux: bool = False) -> Operator:
    """The Jacobian: an array, also where it has no axes."""
    return Operator(_array, fun, (jacobians.jacobian, argnum, has_aux), "jacobian")


def hessian(fun: Callable, argnum: Argnum = 0) -> Operator:
    """The matrix of second derivatives: an array, also where it has no axes."""
    return Operator(_array, fun, (jacobians.hessian, argnum), "hessian")


def _array(fun: Callable, given: tuple, args: tuple, kwargs: dict) -> Any:
    operator, *options = given
    found = operator(fun, *options)(*args, **kwargs)
    return numpy.asarray(found) if isinstance(found, numpy.generic) else found
