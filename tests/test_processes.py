"""What operators make goes through pickles, copies, threads and other processes; boxes do not.

The work of other processes is in `PROGRAM`, which a Python of its own runs: there the functions are
the main program's, as they are for users.
"""

from __future__ import annotations

import concurrent.futures
import copy
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import numpy
import pytest

import tracegrad as tg
import tracegrad.numpy as np
from tracegrad.extend import defvjp, primitive

ROOT = Path(__file__).resolve().parents[1]
X = numpy.array([0.3, 1.2, -0.7])
COPIES = [copy.copy, copy.deepcopy]


def total(x):
    return np.sum(np.sin(x) * x)


def each(x):
    return np.sin(x) * x


def with_aux(x):
    return total(x), x


# operator → a function for it, and what the result is called with; products come as functions
MADE = {
    "grad": (tg.grad(total), X),
    "grad of grad": (tg.egrad(tg.grad(total)), X),
    "value_and_grad": (tg.value_and_grad(total), X),
    "grad_and_aux": (tg.grad_and_aux(with_aux), X),
    "grad_named": (tg.grad_named(total, "x"), X),
    "multigrad_dict": (tg.multigrad_dict(total), X),
    "holomorphic_grad": (tg.holomorphic_grad(total), 1j * X),
    "elementwise_grad": (tg.elementwise_grad(each), X),
    "deriv": (tg.deriv(each), 0.3),
    "jacobian": (tg.jacobian(each), X),
    "jacrev": (tg.jacrev(each), X),
    "jacfwd": (tg.jacfwd(each), X),
    "hessian": (tg.hessian(total), X),
    "hvp": (tg.hvp(total), X, X),
    "hessian_vector_product": (tg.hessian_vector_product(total), X, X),
    "hessian_tensor_product": (tg.hessian_tensor_product(total), X, X),
    "vector_jacobian_product": (tg.vector_jacobian_product(each), X, X),
    "tensor_jacobian_product": (tg.tensor_jacobian_product(each), X, X),
    "checkpoint": (tg.grad(tg.checkpoint(total)), X),
    "make_vjp": (tg.make_vjp(each), X),
    "make_jvp": (tg.make_jvp(each), X),
    "make_jvp_reversemode": (tg.make_jvp_reversemode(each), X),
    "make_hvp": (tg.make_hvp(total), X),
    "make_ggnvp": (tg.make_ggnvp(each), X),
}


def numbers(found):
    """A result as arrays, with the functions in it applied."""
    if callable(found):
        return numbers(found(X))
    if isinstance(found, tuple):
        return [numbers(one) for one in found]
    return [numpy.asarray(one) for one in found.values()] if isinstance(found, dict) else found


def by_pickle(made):
    return pickle.loads(pickle.dumps(made))


@pytest.mark.parametrize("again", [by_pickle, *COPIES], ids=lambda f: f.__name__)
@pytest.mark.parametrize("name", MADE)
def test_what_operators_make(name, again):
    made, *arguments = MADE[name]
    want, got = made(*arguments), again(made)(*arguments)
    numpy.testing.assert_equal(numbers(got), numbers(want))


@pytest.mark.parametrize(
    "made, argument",
    [
        ("tg.grad(special.gammaln)", "2.5"),
        ("tg.grad(stats.norm.logpdf)", "0.3"),
        ("stats.norm(0.1, 2.0).cdf", "0.3"),
        ("tg.grad(linalg.det)", "numpy.eye(2)"),
    ],
)
def test_scipy_functions_in_a_process_that_has_imported_nothing(made, argument):
    text = pickle.dumps(eval(made, {"tg": tg, **scipy_modules()}))
    program = f"import pickle, numpy; print(pickle.loads({text!r})({argument}))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr


def scipy_modules():
    from tracegrad.scipy import linalg, special, stats

    return {"linalg": linalg, "special": special, "stats": stats}


@pytest.mark.parametrize("again", [by_pickle, *COPIES], ids=lambda f: f.__name__)
def test_distributions(again):
    stats = scipy_modules()["stats"]
    for law in (stats.norm, stats.norm(0.1, 2.0), stats.poisson(3.0), stats.dirichlet):
        assert type(again(law)) is type(law)
    slope = tg.grad(again(stats.norm(0.1, 2.0)).logpdf)(0.3)
    numpy.testing.assert_allclose(slope, -0.05, rtol=1e-12)


def test_functions_without_a_name_by_cloudpickle():
    cloudpickle = pytest.importorskip("cloudpickle")
    scale = 3.0
    for made in (tg.grad(lambda x: scale * total(x)), tg.hessian(lambda x: scale * total(x))):
        numpy.testing.assert_equal(pickle.loads(cloudpickle.dumps(made))(X), made(X))


# -- decorated functions: their name belongs to what the decorator made -------------------------


@tg.custom_vjp
def sine(x):
    return np.sin(x)


@tg.custom_jvp
def cosine(x):
    return np.cos(x)


@tg.checkpoint
def checkpointed(x):
    return np.sin(x)


@tg.grad
def slope(x):
    return np.sin(x)


@primitive
def doubled(x):
    return 2 * x


sine.defvjp(lambda x: (np.sin(x), x), lambda x, g: (g * np.cos(x),))
cosine.defjvp(lambda x, t: (np.cos(x[0]), -t[0] * np.sin(x[0])))
defvjp(doubled, lambda ans, x: lambda g: 2 * g)


class Model:
    scale = 2.0

    def loss(self, x):
        return self.scale * total(x)

    @tg.checkpoint
    def checkpointed(self, x):
        return self.scale * total(x)


@pytest.mark.parametrize("decorated", [sine, cosine, checkpointed, slope, doubled])
def test_decorated_functions(decorated):
    assert by_pickle(decorated) is decorated
    want = tg.grad(decorated)(0.3)
    assert by_pickle(tg.grad(decorated))(0.3) == want
    for again in COPIES:
        assert tg.grad(again(decorated))(0.3) == want


def test_decorated_functions_that_are_no_longer_there():
    local = tg.custom_vjp(total)
    local.defvjp(lambda x: (total(x), x), lambda x, g: (g * X,))
    for again in COPIES:
        assert again(local)(X) == total(X) and again(local) is not local
    numpy.testing.assert_equal(tg.grad(copy.copy(local))(X), X)


def test_methods():
    model = Model()
    for made in (tg.grad(model.loss), tg.grad(Model.checkpointed, 1)):
        arguments = (X,) if made.fun == model.loss else (model, X)
        numpy.testing.assert_equal(by_pickle(made)(*arguments), made(*arguments))


# -- boxes --------------------------------------------------------------------------------------


def copied_in_containers(again):
    def f(x):
        kept = again({"x": x, "twice": [x, x * x], "word": "a"})
        assert kept["word"] == "a" and (again is copy.copy) == (kept["x"] is x)
        return np.sum(kept["x"] * kept["twice"][1] * again(x))  # x⁴

    return f


@pytest.mark.parametrize("again", COPIES, ids=lambda f: f.__name__)
def test_copies_of_boxes_stay_traced(again):
    f = copied_in_containers(again)
    numpy.testing.assert_allclose(tg.grad(f)(X), 4 * X**3, rtol=1e-12)
    numpy.testing.assert_allclose(tg.jvp(f, (X,), (X,))[1], 4 * numpy.sum(X**4), rtol=1e-12)
    numpy.testing.assert_allclose(tg.hessian(f)(X), numpy.diag(12 * X**2), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("again", COPIES, ids=lambda f: f.__name__)
def test_copies_of_boxes_have_memory_of_their_own(again):
    def f(x):
        y = 3.0 * x
        other = again(y)
        y[0] = 0.0
        other[1] = 0.0
        return np.sum(y) + 10 * np.sum(other)

    assert tg.grad(f)(X).tolist() == [30.0, 3.0, 33.0]


def test_a_deep_copy_keeps_what_is_the_same_the_same():
    def f(x):
        one, other = copy.deepcopy([x, x])
        one[0] = 0.0  # seen through both names
        assert one is other and one is not x
        return np.sum(other * x)

    numpy.testing.assert_allclose(tg.grad(f)(X), [0.0, *2 * X[1:]])


@pytest.mark.parametrize("hidden", [lambda x: x, lambda x: {"a": [x]}, lambda x: Holder(x)])
def test_boxes_are_not_pickled(hidden):
    """The pickle would hold a plain number: refused, with the line and the way out."""

    def f(x):
        with pytest.raises(TypeError, match="pickle of a traced array would drop its derivative"):
            pickle.dumps(hidden(x))
        with pytest.raises(TypeError, match="Save stop_gradient"):
            pickle.dumps(hidden(x))
        assert by_pickle(tg.stop_gradient(x)).tolist() == X.tolist()
        return np.sum(x * x)

    numpy.testing.assert_allclose(tg.grad(f)(X), 2 * X)


class Holder:
    def __init__(self, value):
        self.value = value


# -- threads ------------------------------------------------------------------------------------


@pytest.fixture
def impatient():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_place(x):
    y = np.zeros(3)
    for i in range(3):
        y[i] = x[i] * total(x)
    y[1:] *= 2.0
    return np.sum(y)


def on_a_tape(x):
    with tg.Tape() as tape:
        watched = tape.watch(x)
        out = in_place(watched)
    return tape.gradient(out, watched)


def test_threads_that_share_what_operators_made(impatient):
    jobs = [(made, arguments) for made, *arguments in MADE.values()]
    jobs += [(tg.grad(in_place), [X]), (tg.jacfwd(in_place), [X]), (on_a_tape, [X])]
    want = [numbers(made(*arguments)) for made, arguments in jobs]
    barrier = threading.Barrier(8)

    def work(thread):
        barrier.wait()
        for turn in range(2):
            for i in range(len(jobs)):
                place = (i + 3 * thread + turn) % len(jobs)  # everyone begins elsewhere
                made, arguments = jobs[place]
                numpy.testing.assert_equal(numbers(made(*arguments)), want[place])

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work, thread) for thread in range(8)]:
            done.result()


def test_threads_within_one_derivative(impatient):
    """The parts of a sum, each in a thread, on the same trace."""

    def part(x, k):
        for _ in range(10):
            x = np.sin(x) * k
        return np.sum(x)

    def f(x, mapping):
        return sum(mapping(lambda k: part(x, k), range(1, 9)))

    want = tg.grad(f)(X, map)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            numpy.testing.assert_allclose(tg.grad(f)(X, pool.map), want, rtol=1e-12)
            moved = tg.jvp(lambda x: f(x, pool.map), (X,), (X,))[1]
            numpy.testing.assert_allclose(moved, want @ X, rtol=1e-12)


def test_threads_that_write_to_one_array(impatient):
    def fill(x, mapping):
        y = np.zeros((8, 3))

        def row(k):
            for j in range(3):
                y[k, j] = np.sin(x[j]) * k

        list(mapping(row, range(8)))
        return np.sum(y**2)

    want = tg.grad(fill)(X, map)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _ in range(20):  # without a lock every third loses a write
            numpy.testing.assert_allclose(tg.grad(fill)(X, pool.map), want, rtol=1e-12)


# -- processes ----------------------------------------------------------------------------------

PROGRAM = """
import multiprocessing, sys
import numpy
import {package}.numpy as np
from {package} import grad, hessian, value_and_grad

def f(x):
    y = np.zeros(3) + x
    y[1:] = x[:-1] ** 2
    return np.sum(y * x)

X = numpy.array([0.3, 1.2, -0.7])
scale = 3.0

def check(run, *more):
    for made in (grad(f), value_and_grad(f), hessian(f), *more):
        want = made(X)
        for got in run(made, [X, X]):
            for one, other in zip(got, want):
                assert numpy.array_equal(one, other), (made, got, want)

def joblib(made, xs):
    from joblib import Parallel, delayed
    return Parallel(2, backend=sys.argv[1])(delayed(made)(x) for x in xs)

def refused(run):
    def outer(x):
        try:
            run(np.sum, [x, x])
        except Exception as error:
            causes = str(error) + str(error.__cause__)
            assert "pickle of a traced array would drop its derivative" in causes, causes
        else:
            raise AssertionError("a worker got a traced array")
        return np.sum(x * x)
    assert numpy.array_equal(grad(outer)(X), 2 * X)

if __name__ == "__main__":
    if sys.argv[1] in ("loky", "threading"):
        check(joblib, grad(lambda x: scale * f(x)))
        if sys.argv[1] == "loky":
            refused(joblib)
    else:
        with multiprocessing.get_context(sys.argv[1]).Pool(2) as workers:
            check(workers.map)
            refused(workers.map)
    print("right")
"""

HOW = [(how, "tracegrad") for how in ("fork", "spawn", "loky", "threading")]
HOW += [("fork", "autograd"), ("loky", "autograd")]


@pytest.mark.parametrize("how, package", HOW)
def test_processes(how, package, tmp_path):
    """The main program's functions in workers, also under `python -m tracegrad.compat`."""
    if how in ("loky", "threading"):
        pytest.importorskip("joblib")
    elif not (hasattr(os, "fork") or how == "spawn"):
        pytest.skip("this system does not fork")
    program = PROGRAM.format(package=package)
    if package == "autograd":  # arrays made in a function are plain under it
        program = program.replace("np.zeros(3) + x", "1.0 * x")
    (tmp_path / "program.py").write_text(program)
    start = ["-m", "tracegrad.compat"] if package == "autograd" else []
    done = subprocess.run(
        [sys.executable, *start, "program.py", how],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0 and done.stdout.strip() == "right", done.stdout + done.stderr
