"""tracegrad gives ordinary NumPy and SciPy code its derivatives.

>>> import tracegrad.numpy as np
>>> from tracegrad import grad
>>> grad(np.tanh)(0.0)
np.float64(1.0)
"""

from importlib import import_module as _import_module
from typing import Any as _Any

from . import numpy as numpy
from ._version import __version__ as __version__
from .operators.constants import stop_gradient
from .operators.gradients import (
    deriv,
    egrad,
    elementwise_grad,
    grad,
    grad_and_aux,
    grad_named,
    holomorphic_grad,
    multigrad_dict,
    value_and_grad,
)
from .operators.jacobians import hessian, jacfwd, jacobian, jacrev
from .operators.memory import checkpoint
from .operators.products import (
    hessian_tensor_product,
    hessian_vector_product,
    hvp,
    jvp,
    make_ggnvp,
    make_hvp,
    make_jvp,
    make_jvp_reversemode,
    make_vjp,
    tensor_jacobian_product,
    vector_jacobian_product,
    vjp,
)
from .operators.rules import custom_jvp, custom_vjp
from .operators.tape import Tape

__all__ = [
    "Tape",
    "checkpoint",
    "custom_jvp",
    "custom_vjp",
    "deriv",
    "egrad",
    "elementwise_grad",
    "grad",
    "grad_and_aux",
    "grad_named",
    "hessian",
    "hessian_tensor_product",
    "hessian_vector_product",
    "holomorphic_grad",
    "hvp",
    "install_as_autograd",
    "jacfwd",
    "jacobian",
    "jacrev",
    "jvp",
    "make_ggnvp",
    "make_hvp",
    "make_jvp",
    "make_jvp_reversemode",
    "make_vjp",
    "multigrad_dict",
    "stop_gradient",
    "tensor_jacobian_product",
    "value_and_grad",
    "vector_jacobian_product",
    "vjp",
]


def __getattr__(name: str) -> _Any:
    """What few programs need, imported when it is asked for."""
    if name == "install_as_autograd":
        return getattr(_import_module(f"{__name__}.compat"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
