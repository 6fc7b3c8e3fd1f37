"""Every public module and name of autograd 1.9.1 is there, under one name."""

import importlib
import sys

import autograd
import autograd.numpy as np
import autograd.numpy.numpy_boxes as numpy_boxes

import tracegrad

NAMES = {
    "": "builtins checkpoint core deriv dict differential_operators elementwise_grad extend grad "
    "grad_and_aux grad_named hessian hessian_tensor_product hessian_vector_product "
    "holomorphic_grad isinstance jacobian list make_ggnvp make_hvp make_jvp make_vjp "
    "multigrad_dict numpy primitive tensor_jacobian_product tracer tuple type util "
    "value_and_grad vector_jacobian_product wrap_util __file__",
    "builtins": "Box ContainerVSpace DictBox DictVSpace ListVSpace NamedTupleVSpace SequenceBox "
    "SequenceVSpace SparseObject TupleVSpace VSpace container_take dict isinstance list "
    "make_sequence sequence_extend_left sequence_extend_right tuple type vspace",
    "core": "Box JVPNode Node SparseObject VJPNode VSpace add_outgrads backward_pass def_linear "
    "defjvp defjvp_argnum defjvp_argnums defvjp defvjp_argnum defvjp_argnums func getval "
    "identity_jvp identity_vjp isbox make_jvp make_vjp primitive primitive_jvps primitive_vjps "
    "subval sum_outgrads toposort trace vspace",
    "differential_operators": "checkpoint deriv elementwise_grad grad grad_and_aux grad_named "
    "hessian hessian_tensor_product hessian_vector_product holomorphic_grad jacobian make_ggnvp "
    "make_hvp make_jvp make_jvp_reversemode make_vjp multigrad_dict tensor_jacobian_product "
    "unary_to_nary value_and_grad vector_jacobian_product vspace _make_vjp _make_jvp",
    "extend": "Box JVPNode SparseObject VJPNode VSpace def_linear defjvp defjvp_argnum "
    "defjvp_argnums defvjp defvjp_argnum defvjp_argnums notrace_primitive primitive "
    "register_notrace vspace",
    "misc": "const_graph fixed_points flatten optimizers tracers",
    "misc.fixed_points": "fixed_point fixed_point_vjp",
    "misc.flatten": "flatten flatten_func",
    "misc.optimizers": "adam rmsprop sgd unflatten_optimizer",
    "misc.tracers": "const_graph const_graph_unary full_graph FullGraphNode",
    "numpy": "Box array_from_args concatenate_args make_diagonal metadata notrace_functions "
    "notrace_primitive numpy_boxes numpy_jvps numpy_vjps numpy_vspaces numpy_wrapper primitive "
    "row_stack wrap_if_boxes_inside wrap_intdtype wrap_namespace",
    "numpy.fft": "fft wrap_namespace",
    "numpy.linalg": "T norm wrap_namespace _dot",
    "numpy.numpy_boxes": "ArrayBox Box SequenceBox",
    "numpy.numpy_jvps": "broadcast",
    "numpy.numpy_vjps": "balanced_eq match_complex replace_zero unbroadcast unbroadcast_f",
    "numpy.numpy_vspaces": "ArrayVSpace ComplexArrayVSpace EigResultVSpace EighResultVSpace "
    "QRResultVSpace SVDResultVSpace SlogdetResultVSpace VSpace",
    "numpy.numpy_wrapper": "_astype array_from_args metadata wrap_namespace sin stack",
    "numpy.random": "rand wrap_namespace",
    "scipy": "",
    "scipy.linalg": "solve_triangular",
    "test_util": "EPS RTOL TOL check_equivalent check_grads check_jvp check_vjp combo_check "
    "make_numerical_jvp scalar_close",
    "tracer": "Box Node TraceStack find_top_boxed_args getval isbox new_box notrace_primitive "
    "primitive register_notrace toposort trace trace_stack",
    "util": "func quick_grad_check subval subvals toposort",
    "wrap_util": "get_doc get_name unary_to_nary wraps",
}

assert autograd is tracegrad
assert np is tracegrad.numpy and np.numpy_boxes is numpy_boxes
for name, wanted in NAMES.items():
    module = importlib.import_module(f"autograd.{name}".rstrip("."))
    missing = [each for each in wanted.split() if not hasattr(module, each)]
    assert not missing, f"autograd.{name} lacks {missing}"
from autograd.misc import flatten  # noqa: E402

assert flatten([1.0, 2.0])[0].tolist() == [1.0, 2.0] and autograd.misc.flatten is flatten
for name, module in list(sys.modules.items()):
    if name.startswith("autograd"):
        assert module.__name__.startswith("tracegrad"), name
        assert module.__spec__.name == module.__name__, name
for name in NAMES["extend"].split():
    exec(f"from autograd.extend import {name}")
import autograd.scipy.stats.norm as norm  # noqa: E402
from autograd.numpy import *  # noqa: E402, F403
from autograd.scipy.stats import norm as same  # noqa: E402

assert norm is same and autograd.grad(norm.logpdf)(1.0) == -1.0
assert importlib.reload(autograd.numpy) is np
assert importlib.reload(autograd) is autograd
assert np.numpy_boxes.ArrayBox.__module__.startswith("autograd")
for program in ("import autograd.nothing", "from autograd.numpy.numpy_vjps import grad_sort"):
    try:
        exec(program)
    except ImportError:
        pass
    else:
        raise AssertionError(program)
