"""Linear operators: of traced matrices, applied to traced vectors, with traced closures."""

from __future__ import annotations

import functools

import numpy as np
import scipy.sparse.linalg as sl

from ....core.box import Box, getval
from ....modes.transpose import transpose
from ....numpy.rules.arrays import as_array
from ....spaces import vspace
from ..arithmetic import is_sparse, matmul
from ..calling import answers
from ..matrix import Sparse
from .direct import plain

__all__ = ["Operand", "install"]


def _as_operator(A):
    """The operator of a traced matrix."""
    a = Sparse.of(A) if is_sparse(A) else as_array(A)
    turned = a.conj().T
    return sl.LinearOperator(
        a.shape, dtype=a.dtype, matvec=lambda x: a @ x, rmatvec=lambda x: turned @ x,
        matmat=lambda x: a @ x, rmatmat=lambda x: turned @ x,
    )  # fmt: skip


def _applied(own, name, adjoint, columns):
    """A method of SciPy's operators that leaves traced vectors and results as they are."""

    @functools.wraps(own)
    def method(self, x):
        if isinstance(x, np.matrix):
            return own(self, x)
        x = x if isinstance(x, Box) else np.asanyarray(x)
        n, m = self.shape if adjoint else self.shape[::-1]
        if x.ndim not in ((2,) if columns else (1, 2)) or x.shape[0] != n:
            raise ValueError("dimension mismatch")
        if not columns and x.shape[1:] not in ((), (1,)):
            raise ValueError("dimension mismatch")
        y = getattr(self, f"_{name}")(x)
        y = y if isinstance(y, Box) else np.asarray(y)
        return y if columns else y.reshape((m, *x.shape[1:]))

    method.meets = True
    return method


def _dotted(own):
    @functools.wraps(own)
    def dot(self, x):
        if not isinstance(x, Box) or not x.ndim:
            return own(self, x)
        return self.matvec(x) if x.ndim == 1 or x.shape[1] == 1 else self.matmat(x)

    dot.meets = True
    return dot


def _typed(own):
    @functools.wraps(own)
    def init_dtype(self):
        if self.dtype is None:
            self.dtype = np.asarray(getval(self._matvec(np.zeros(self.shape[-1], np.int8)))).dtype

    init_dtype.meets = True
    return init_dtype


def install(namespace):
    """Put `aslinearoperator` into the namespace.

    SciPy's operators are told to leave traced vectors and results as they are.
    """
    answers(namespace, sl, aslinearoperator=_as_operator)
    kind = sl.LinearOperator
    if hasattr(kind.matvec, "meets"):
        return
    for name in ("matvec", "rmatvec", "matmat", "rmatmat"):
        own = getattr(kind, name)
        setattr(kind, name, _applied(own, name, name.startswith("r"), name.endswith("mat")))
    kind.dot = _dotted(kind.dot)
    kind._init_dtype = _typed(kind._init_dtype)


class Operand:
    """The matrix of a system as its solvers need it: values, products, the transpose.

    Attributes:
        value: a plain matrix or operator.
        turned: its transpose.
    """

    def __init__(self, A):
        self.operator = isinstance(A, sl.LinearOperator)
        self.A = A if self.operator or is_sparse(A) else as_array(A)
        self.shape = self.A.shape
        self.value = self._stripped() if self.operator else plain(self.A)
        self.turned = self._transposed() if self.operator else self.value.T

    def __call__(self, x):
        if self.operator:
            return self.A.matvec(x)
        return matmul(self.A, x) if is_sparse(self.A) else self.A @ x

    def _stripped(self):
        A = self.A
        return sl.LinearOperator(
            A.shape, dtype=A.dtype, matvec=lambda x: getval(A.matvec(x)),
            rmatvec=lambda x: getval(A.rmatvec(x)),
        )  # fmt: skip

    def _transposed(self):
        """By the operator's adjoint; where it has none, its product is transposed."""
        A = self.A
        space = vspace(np.zeros(self.shape[1], A.dtype))

        def product(x):
            try:
                return np.conj(getval(A.rmatvec(np.conj(x))))
            except NotImplementedError:
                return getval(transpose(A.matvec, space)(x.astype(np.result_type(x, A.dtype))))

        return sl.LinearOperator(
            self.shape[::-1], dtype=A.dtype, matvec=product,
            rmatvec=lambda x: np.conj(getval(A.matvec(np.conj(x)))),
        )  # fmt: skip
