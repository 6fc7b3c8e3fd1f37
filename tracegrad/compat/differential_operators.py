"""autograd.differential_operators: the operators, which are at the top as well."""

from __future__ import annotations

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
from ..operators.jacobians import hessian, jacobian
from ..operators.memory import checkpoint
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
