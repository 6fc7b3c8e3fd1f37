"""NumPy's functions wrapped as primitives: one for each function, whatever its names."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numpy

from ..core.primitive import BinaryPrimitive, Primitive, UnaryPrimitive, by_name
from ..core.trace import running
from ..modes.constant import writable

__all__ = ["primitive_of", "primitives", "wrap_namespace"]

primitives: dict[Any, Primitive] = {}
"""NumPy function → its primitive."""

_UFUNC_OPTIONS = "out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True"

# NumPy 1.26 does not tell the signatures of its C functions; 2.x names some arguments otherwise.
_SIGNATURES = {
    "array": "object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None",
    "asarray": "a, dtype=None, order=None, *, device=None, copy=None, like=None",
    "asanyarray": "a, dtype=None, order=None, *, device=None, copy=None, like=None",
    "ascontiguousarray": "a, dtype=None, *, like=None",
    "asfortranarray": "a, dtype=None, *, like=None",
    "concatenate": "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'",
    "empty": "shape, dtype=float, order='C', *, device=None, like=None",
    "zeros": "shape, dtype=float, order='C', *, device=None, like=None",
    "fromiter": "iter, dtype, count=-1, *, like=None",
    "copyto": "dst, src, casting='same_kind', where=True",
    "dot": "a, b, out=None",
    "inner": "a, b, /",
    "vdot": "a, b, /",
    "where": "condition, x=None, y=None, /",
    "bincount": "x, /, weights=None, minlength=0",
    "putmask": "a, mask, values",
}

# What makes new arrays: in a traced function they may be written to.
_MAKERS = {
    "arange", "array", "asanyarray", "asarray", "ascontiguousarray", "asfortranarray", "copy",
    "empty", "empty_like", "eye", "full", "full_like", "geomspace", "identity", "linspace",
    "logspace", "ones", "ones_like", "tri", "zeros", "zeros_like",
}  # fmt: skip

_RAW = {
    "add_docstring", "add_newdoc", "add_newdoc_ufunc", "errstate", "frombuffer", "fromfile",
    "fromstring", "genfromtxt", "get_include", "getbufsize", "geterr", "geterrcall",
    "get_printoptions", "info", "load", "loadtxt", "memmap", "printoptions", "set_printoptions",
    "setbufsize", "seterr", "seterrcall", "show_config", "show_runtime", "test", "bmat",
    "source", "lookfor", "issubdtype", "issubclass_",
    "isdtype", "issctype", "finfo", "iinfo", "promote_types", "deprecate", "deprecate_with_doc",
    "disp", "who", "safe_eval", "indices", "mask_indices", "diag_indices", "tril_indices",
    "triu_indices", "ndindex", "broadcast_shapes", "obj2sctype", "sctype2char", "maximum_sctype",
}  # fmt: skip


def primitive_of(fun: Callable) -> Primitive:
    """The primitive of a NumPy function, made when first asked for."""
    found = primitives.get(fun)
    if found is None:
        if isinstance(fun, numpy.ufunc):
            found = _wrap_ufunc(fun)
        elif fun is numpy.dot:
            found = BinaryPrimitive(fun, signature=_SIGNATURES["dot"])
        else:
            found = Primitive(fun, signature=_SIGNATURES.get(getattr(fun, "__name__", "")))
            found.__module__ = fun.__module__
        if isinstance(fun, numpy.ufunc):
            found.placing = frozenset({"out", "where"})
        found.remade = (primitive_of, (fun,))
        primitives[fun] = found
    return found


class Maker(Primitive):
    """The public face of a primitive that makes arrays: in a traced function they are writable.

    In all else it is that primitive.
    """

    def __init__(self, primitive: Primitive) -> None:
        self.primitive = primitive
        self.__doc__ = primitive.__doc__

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["primitive"], name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        ans = self.primitive(*args, **kwargs)
        if running.count and type(ans) is numpy.ndarray:
            for arg in (*args, *kwargs.values()):
                if isinstance(arg, numpy.ndarray) and numpy.may_share_memory(ans, arg):
                    return ans  # the caller's own
            return writable(ans)
        return ans

    def __reduce__(self) -> Any:
        return Maker, (self.primitive,)


class _Ufunc:
    """What a ufunc's primitive has of it (except `signature`, which is the primitive's own)."""

    __slots__ = ()


def _attribute(name: str) -> property:
    def attribute(self: Any) -> Any:
        value = getattr(self.__wrapped__, name)
        return primitives.get(value, value) if callable(value) else value

    return property(attribute)


for _name in vars(numpy.ufunc):
    if not _name.startswith("_") and _name != "signature":
        setattr(_Ufunc, _name, _attribute(_name))


class _UnaryUfunc(_Ufunc, UnaryPrimitive):
    pass


class _BinaryUfunc(_Ufunc, BinaryPrimitive):
    pass


class _OtherUfunc(_Ufunc, Primitive):
    pass


def _wrap_ufunc(fun: numpy.ufunc) -> Primitive:
    if fun.signature is None and fun.nout == 1 and fun.nin == 1:
        return _UnaryUfunc(fun, signature=f"x, /, {_UFUNC_OPTIONS}")
    if fun is numpy.matmul:
        return _BinaryUfunc(
            fun,
            signature=f"x, y, /, {_UFUNC_OPTIONS.replace('where=True', 'axes=None, axis=None')}",
        )
    if fun.signature is None and fun.nout == 1 and fun.nin == 2:
        return _BinaryUfunc(fun, signature=f"x, y, /, {_UFUNC_OPTIONS}")
    names = ", ".join("xyzabcdefg"[: fun.nin])
    options = _UFUNC_OPTIONS
    if fun.nout > 1:
        options = options.replace("out=None", ", ".join(f"out{i}=None" for i in range(fun.nout)))
        options = options.replace("*,", "*, out=None,")
    if fun.signature is not None:
        options = options.replace("where=True", "axes=None, axis=None, keepdims=False")
    return _OtherUfunc(fun, signature=f"{names}, /, {options}")


def public(module: str, name: str) -> Any:
    """What a module has by this name; of a maker the primitive in it."""
    found = by_name(module, name)
    return found.primitive if isinstance(found, Maker) else found


def wrap_namespace(module: Any, into: dict[str, Any]) -> None:
    """Every public name of a NumPy module: functions as primitives, the rest as it is.

    What the module would import only when asked for (`numpy.testing`) is left alone.
    """
    for name, value in list(vars(module).items()):
        if name.startswith("_"):
            continue
        wrapped = isinstance(value, numpy.ufunc) or (
            callable(value)
            and not isinstance(value, (type, types.ModuleType))
            and getattr(value, "__name__", None) is not None
            and name not in _RAW
        )
        if wrapped:
            made = primitive_of(value)
            if made.remade == (primitive_of, (value,)):  # by name, which brings its rules along
                made.remade = (public, (into["__name__"], name))
            value = Maker(made) if name in _MAKERS else made
        into[name] = value
