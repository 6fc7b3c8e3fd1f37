"""The operations of a function as a table, as Graphviz text, as a picture."""

from .graph import Graph, graph
from .program import Operation, Value

__all__ = ["Graph", "Operation", "Value", "graph"]
