"""Solvers against closed forms: values as near as the solver came, derivatives to the end."""

from __future__ import annotations

import warnings

import numpy

from tracegrad import deriv, jacobian

__all__ = ["agree"]


def agree(program, exact, a, value=1e-6, derivative=1e-7, orders=2):
    """Both functions of the number a give the same, with the same derivatives in both modes."""

    def close(got, want, tolerance, what):
        size = max(1.0, float(numpy.max(numpy.abs(want))))
        numpy.testing.assert_allclose(got, want, rtol=0.0, atol=tolerance * size, err_msg=what)

    close(program(a), exact(a), value, "value")
    slope = deriv(exact)(a)
    close(deriv(program)(a), slope, derivative, "forward")
    close(_quietly(jacobian(program), a), slope, derivative, "reverse")
    if orders == 1:
        return
    bend = deriv(deriv(exact))(a)
    close(deriv(deriv(program))(a), bend, derivative, "forward over forward")
    close(_quietly(deriv(jacobian(program)), a), bend, derivative, "forward over reverse")
    close(_quietly(jacobian(jacobian(program)), a), bend, derivative, "reverse over reverse")


def _quietly(fun, a):
    """Closed forms may be constant: then it is right that there is no dependence."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Output seems independent", UserWarning)
        return fun(a)
