"""Traces opened by hand, and nodes of a program's own."""

import autograd.numpy as np
import numpy
from autograd import grad
from autograd.core import JVPNode, VJPNode, add_outgrads, backward_pass, make_jvp, make_vjp
from autograd.misc.tracers import const_graph, full_graph
from autograd.tracer import Node, find_top_boxed_args, getval, isbox, new_box, trace, trace_stack
from autograd.util import toposort
from autograd.wrap_util import unary_to_nary

x = numpy.arange(3.0)

with trace_stack.new_trace() as opened:
    box = new_box(x, opened, VJPNode.new_root())
    out = np.sum(box**3)
assert isbox(out) and out._trace == box._trace and (getval(box) == x).all()
assert box._node in list(toposort(out._node)) and len(out._node.parents) == 1
for _ in range(2):  # the graph stays
    assert (backward_pass(1.0, out._node) == 3 * x**2).all()
assert (grad(lambda g: np.sum(backward_pass(g, out._node)))(1.0) == numpy.sum(3 * x**2)).all()

# a trace by number, open as long as its boxes
a, b = new_box(x, 0, VJPNode.new_root()), new_box(2.0, 0, VJPNode.new_root())
assert a._trace is b._trace and find_top_boxed_args((1.0, a, b))[0] == [(1, a), (2, b)]
assert (backward_pass(numpy.ones(3), (a * a)._node) == 2 * x).all()
constant = new_box(x, 1, VJPNode.new_root())
assert backward_pass(1.0, (np.floor(constant) * 0.0 + constant * 0.0)[0]._node).shape == (3,)

# containers
with trace_stack.new_trace() as opened:
    pair = new_box((x, 2.0), opened, VJPNode.new_root())
    first, second = pair
    product = np.sum(first) * second
assert product._trace == pair._trace
found = backward_pass(1.0, product._node)
assert type(found) is tuple and (found[0] == 2.0).all() and found[1] == 3.0

value, node = trace(VJPNode.new_root(), lambda x: x * x, 3.0)
assert value == 9.0 and backward_pass(1.0, node) == 6.0
assert trace(VJPNode.new_root(), lambda x: 1.0, 3.0) == (1.0, None)
assert trace(JVPNode.new_root(2.0), lambda x: x * x, 3.0)[1].g == 12.0


class Depth(Node):
    """How many operations led here."""

    def __init__(self, value, fun, args, kwargs, parent_argnums, parents):
        self.depth = 1 + max(parent.depth for parent in parents)

    def initialize_root(self):
        self.depth = 0


assert trace(Depth.new_root(), lambda x: np.exp(np.sin(x) + x), 1.0)[1].depth == 3
pairs = trace(Depth.new_root(), lambda xs: np.concatenate([xs[0], xs[1]]).sum(), (x, x))
assert pairs[0] == 6.0 and pairs[1].depth == 3
graph = full_graph(lambda x, y: np.linalg.eigh(np.outer(x, x))[0].sum() * y, x, 2.0)
recipes = [each.recipe[0] for each in toposort(graph)]
assert np.multiply in recipes and np.linalg.eigh in recipes and graph.value == 10.0
assert const_graph(lambda a, b: a - b, 3.0)(1.0) == 2.0

vjp, value = make_vjp(lambda xs: xs[0] * xs[1], (2.0, 3.0))
assert value == 6.0 and vjp(1.0) == (3.0, 2.0)
assert make_vjp(lambda x: 1.0, x)[0](1.0).tolist() == [0.0] * 3
assert make_jvp(lambda x: x**2, 3.0)(1.0) == (9.0, 6.0)
assert add_outgrads(add_outgrads(None, 1.0), 2.0) == (3.0, True)


@unary_to_nary
def twice(fun, x, shift=0.0):
    return 2 * fun(x) + shift


assert twice(lambda a, b: a - b, 1, shift=5.0)(3.0, 1.0) == 9.0
assert twice(lambda xs, c: xs - c)(3.0, c=1.0) == 4.0
