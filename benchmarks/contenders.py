"""The libraries compared, and how each is asked for a value and its gradient.

Every contender runs the same case, handed its own namespace. Conversions to a library's own
arrays happen before anything is timed, as they would in a program that uses the library.
"""

import importlib
import importlib.metadata
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

from .case import Case
from .trees import leaves, tree_map

Call = Callable[[], tuple[Any, Any]]


class Contender(ABC):
    """One library; constructing it imports the library, which may raise ImportError."""

    name: ClassVar[str]
    title: ClassVar[str]
    version: str

    @abstractmethod
    def prepare(self, case: Case) -> Call:
        """A function without arguments that computes value and gradient at the case's point."""


class ByHand(Contender):
    """Value and gradient written out in NumPy: the measure that all others are ratios to."""

    name = "numpy"
    title = "NumPy by hand"

    def __init__(self) -> None:
        self.version = importlib.import_module("numpy").__version__

    def prepare(self, case: Case) -> Call:
        x = case.point()
        return lambda: case.by_hand(x)


class WrappedNumPy(Contender):
    """A library that keeps autograd's names: ``value_and_grad`` and a namespace ``numpy``."""

    def __init__(self) -> None:
        library = importlib.import_module(self.name)
        self.namespace = importlib.import_module(f"{self.name}.numpy")
        self.value_and_grad = library.value_and_grad
        # autograd tells its version to the package manager alone.
        self.version = getattr(library, "__version__", "") or importlib.metadata.version(self.name)

    def prepare(self, case: Case) -> Call:
        x = case.point()
        value_and_gradient = self.value_and_grad(case.build(self.namespace))
        return lambda: value_and_gradient(x)


class Tracegrad(WrappedNumPy):
    name = "tracegrad"
    title = "tracegrad"


class Autograd(WrappedNumPy):
    name = "autograd"
    title = "autograd"


class MyGrad(Contender):
    """mygrad: tensors that record the operations done to them, ``backward`` on the last."""

    name = "mygrad"
    title = "mygrad"

    def __init__(self) -> None:
        self.mygrad = mygrad = importlib.import_module("mygrad")
        self.version = importlib.metadata.version("mygrad")
        self.namespace = SimpleNamespace(
            abs=mygrad.abs,
            asarray=mygrad.asarray,
            dot=mygrad.matmul,
            exp=mygrad.exp,
            log=mygrad.log,
            mean=mygrad.mean,
            sin=mygrad.sin,
            sum=mygrad.sum,
            tanh=mygrad.tanh,
        )

    def prepare(self, case: Case) -> Call:
        x = tree_map(self.mygrad.tensor, case.point())
        function = case.build(self.namespace)

        def call() -> tuple[Any, Any]:
            value = function(x)
            value.backward()
            return value.data, tree_map(lambda tensor: tensor.grad, x)

        return call


class PyTorch(Contender):
    """PyTorch, eager. ``torch.dot`` takes vectors only, so its ``matmul`` stands in."""

    name = "torch"
    title = "PyTorch"

    def __init__(self) -> None:
        self.torch = torch = importlib.import_module("torch")
        self.version = torch.__version__
        torch.set_num_threads(1)
        self.namespace = SimpleNamespace(
            abs=torch.abs,
            asarray=torch.asarray,
            dot=torch.matmul,
            exp=torch.exp,
            log=torch.log,
            mean=torch.mean,
            sin=torch.sin,
            sum=torch.sum,
            tanh=torch.tanh,
        )

    def prepare(self, case: Case) -> Call:
        torch = self.torch
        x = tree_map(
            lambda leaf: torch.tensor(leaf, dtype=torch.float64, requires_grad=True), case.point()
        )
        parameters = [leaf for _, leaf in leaves(x)]
        function = case.build(self.namespace)

        def call() -> tuple[Any, Any]:
            value = function(x)
            gradients = iter(torch.autograd.grad(value, parameters))
            return value.detach(), tree_map(lambda _: next(gradients), x)

        return call


class Jax(Contender):
    """JAX, each operation dispatched when it is met."""

    name = "jax"
    title = "JAX"

    def __init__(self) -> None:
        self.jax = jax = importlib.import_module("jax")
        jax.config.update("jax_platforms", "cpu")
        jax.config.update("jax_enable_x64", True)
        self.namespace = importlib.import_module("jax.numpy")
        self.version = jax.__version__

    def transform(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return self.jax.value_and_grad(function)

    def prepare(self, case: Case) -> Call:
        x = self.jax.tree.map(self.namespace.asarray, case.point())
        value_and_gradient = self.transform(case.build(self.namespace))
        return lambda: self.jax.block_until_ready(value_and_gradient(x))


class JaxCompiled(Jax):
    """JAX, the whole function compiled once; compiling happens before the timing."""

    name = "jax_jit"
    title = "JAX jit"

    def transform(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return self.jax.jit(self.jax.value_and_grad(function))


KINDS: dict[str, type[Contender]] = {
    kind.name: kind for kind in (ByHand, Tracegrad, Autograd, MyGrad, PyTorch, Jax, JaxCompiled)
}


def load(name: str) -> Contender:
    """The contender called ``name``; raises ImportError where its library is not installed."""
    return KINDS[name]()
