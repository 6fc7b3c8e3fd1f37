"""`output=` of `scipy.ndimage`: the array that takes the result, or its dtype."""

from __future__ import annotations

import functools
import inspect

import numpy as np

from ...core.errors import NoDerivative, user_line
from ...core.trace import inside
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...numpy.writing import store
from ...operators.constants import stop_gradient
from ...spaces import match

__all__ = ["declare", "sequence", "watching"]


def declare(fun, composition, natural=lambda dtype: dtype):
    """`composed`, for a composition that has `output` in its signature and leaves it to this.

    The composition is called with the image as an array in which the result has room. `natural`
    tells the result's dtype from the image's, where the call does not say it.
    """
    signature = inspect.signature(composition)

    @functools.wraps(composition)
    def placed(*args, **kwargs):
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        output, given.arguments["output"] = given.arguments["output"], None
        x = as_array(given.arguments["input"])
        to_array = output is not None and not isinstance(output, type | str | np.dtype)
        dtype = output.dtype if to_array else natural(x.dtype) if output is None else output
        dtype = np.dtype(dtype)
        if dtype.kind not in "fc":
            raise NoDerivative(
                f"{fun.__name__}: the result is of integers, which have no derivative.\n"
                f"  in {user_line()}\n  Pass output=float, or an image of floats."
            )
        room = np.promote_types(x.dtype, dtype)
        given.arguments["input"] = x if x.dtype == room else x.astype(room)
        result = composition(*given.args, **given.kwargs)
        if result.dtype.kind == "c":
            dtype = np.promote_types(dtype, "F")
        result = match(result, dtype)
        if not to_array:
            return result
        store(output, result, fun.__name__)
        return output

    return composed(of(fun), placed)


def watching(primitive, name):
    """Let a composition serve, too, where only what the user's function closes over is traced.

    SciPy's loop is let run to its end, on plain values: its C code takes no exceptions.
    """
    plain, composition = primitive.fun, primitive.composition
    signature = inspect.signature(plain)

    def unless_traced(*args, **kwargs):
        given = signature.bind(*args, **kwargs)
        fun, traced = given.arguments[name], []
        if not callable(fun):
            return plain(*args, **kwargs)

        def stripped(*args, **kwargs):
            ans = fun(*args, **kwargs)
            if inside([ans]):
                traced.append(True)
                return stop_gradient(ans)
            return ans

        given.arguments[name] = stripped
        ans = plain(*given.args, **given.kwargs)
        return composition(*args, **kwargs) if traced else ans

    primitive.fun = unless_traced


def sequence(x, count):
    """One for each axis: of a sequence its items, of anything else itself."""
    if isinstance(x, str) or (type(x) not in (list, tuple) and np.ndim(x) == 0):
        return [x] * count
    if len(x) != count:
        raise RuntimeError("sequence argument must have length equal to input rank")
    return list(x)
