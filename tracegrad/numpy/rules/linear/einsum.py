"""einsum: linear in each operand; the transpose is another einsum.

The cotangent of an operand is the sum of the output's cotangent times the other operands, with
the operand's own indices left. An index that only this operand has comes from an array of ones,
one that it repeats (a diagonal) from an identity matrix.
"""

from __future__ import annotations

import string

import numpy as np

from ....spaces import fit
from ...kinds import custom
from ...namespace import primitive_of as of


def _arrays(operands):
    """The operands with lists and numbers made arrays; strings and lists of indices as they are."""
    n = len(operands)
    places = range(1, n) if isinstance(operands[0], str) else range(0, n // 2 * 2, 2)
    return [
        np.asarray(x) if i in places and not hasattr(x, "shape") else x
        for i, x in enumerate(operands)
    ]


def _parse(operands, shapes):
    """The indices of each operand and of the output as lists of letters; '...' spelled out."""
    if isinstance(operands[0], str):
        text = operands[0].replace(" ", "")
        inputs, arrow, output = text.partition("->")
        terms = inputs.split(",")
        where = range(1, len(operands))
    else:  # einsum(a, [0, 1], b, [1, 2], [0, 2])
        n = len(operands) // 2
        where = range(0, 2 * n, 2)
        letters = string.ascii_letters

        def spell(indices):
            return "".join("..." if i is Ellipsis else letters[i] for i in indices)

        terms = [spell(operands[i + 1]) for i in where]
        arrow = len(operands) % 2 == 1
        output = spell(operands[-1]) if arrow else ""
    spare = [c for c in string.ascii_letters if c not in "".join(terms)]
    ranks = [len(shapes[i]) - len(t.replace("...", "")) for i, t in zip(where, terms)]
    widest = max([r for r, t in zip(ranks, terms) if "..." in t], default=0)
    dots = spare[:widest]
    spelled = [
        t.replace("...", "".join(dots[widest - r :])) if "..." in t else t
        for r, t in zip(ranks, terms)
    ]
    if arrow:
        output = output.replace("...", "".join(dots))
    else:
        once = sorted(c for c in set("".join(terms)) - {"."} if "".join(terms).count(c) == 1)
        output = "".join(dots) + "".join(once)
    return list(where), spelled, output, spare[widest:]


def _transpose(g, operands, wanted, optimize):
    operands = _arrays(operands)
    operands_shape = [getattr(x, "shape", None) for x in operands]
    where, terms, output, spare = _parse(operands, operands_shape)
    sizes = {}
    for i, term in zip(where, terms):
        for letter, size in zip(term, operands_shape[i]):
            sizes[letter] = max(size, sizes.get(letter, 1)) if size != 0 else 0
    cotangents = [None] * len(operands)
    for k, (i, term) in enumerate(zip(where, terms)):
        if i not in wanted:
            continue
        factors = [(g, output)]
        factors += [(operands[j], t) for n, (j, t) in enumerate(zip(where, terms)) if n != k]
        known = set("".join(t for _, t in factors))
        fresh = iter(spare)
        target = ""
        for letter in term:
            if letter in target:
                twin = next(fresh)
                factors.append((np.eye(sizes[letter], dtype=g.dtype), letter + twin))
                letter = twin
            elif letter not in known:
                factors.append((np.ones(sizes[letter], g.dtype), letter))
            target += letter
        text = ",".join(t for _, t in factors) + "->" + target
        full = np.einsum(text, *[f for f, _ in factors], optimize=optimize)
        cotangents[i] = fit(full, operands_shape[i], full.dtype)
    return cotangents


def _push(t, operands, again, wanted):
    """The sum over the traced operands, each in its turn replaced by its tangent."""
    total = None
    for i in sorted(wanted):
        term = again(operands=(*operands[:i], t[i], *operands[i + 1 :]))
        total = term if total is None else total + term
    return total


custom(
    of(np.einsum),
    operands=_transpose,
    jvps={"operands": _push},
    inert=("kwargs", "dtype", "casting", "order"),
)
