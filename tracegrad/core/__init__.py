"""Boxes, traces, primitives and pytrees: nothing here knows an array or a derivative."""
