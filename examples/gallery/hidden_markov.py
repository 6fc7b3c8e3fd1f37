"""A hidden Markov model that finds out about vowels, by EM with gradients for counts.

A machine with two states writes a text: in each step it moves to a state and writes a letter that
the state likes. Only the text is known. With the logarithms of the model's probabilities as its
parameters, the derivative of log p(text) by log p(a move) is the expected number of times that the
move was made, given the text. So the expectation step of Baum and Welch's algorithm, usually two
recursions of its own, is the gradient of the forward recursion. (J. Eisner, "Inside-outside and
forward-backward algorithms are just backprop", 2016.)

Nobody tells the machine what a vowel is. (The experiment is that of R. Cave and L. Neuwirth, 1980.)
"""

import tracegrad.numpy as np
from tracegrad import value_and_grad
from tracegrad.scipy.special import logsumexp

TEXT = """
Four score and seven years ago our fathers brought forth on this continent a new nation conceived
in liberty and dedicated to the proposition that all men are created equal Now we are engaged in a
great civil war testing whether that nation or any nation so conceived and so dedicated can long
endure We are met on a great battlefield of that war We have come to dedicate a portion of that
field as a final resting place for those who here gave their lives that that nation might live It
is altogether fitting and proper that we should do this But in a larger sense we can not dedicate
we can not consecrate we can not hallow this ground The brave men living and dead who struggled
here have consecrated it far above our poor power to add or detract The world will little note nor
long remember what we say here but it can never forget what they did here It is for us the living
rather to be dedicated here to the unfinished work which they who fought here have thus far so
nobly advanced
"""  # A. Lincoln, 1863
LETTERS = " abcdefghijklmnopqrstuvwxyz"


def log_likelihood(model, pieces):
    """log p of pieces of text, a row each, which are taken as independent."""
    emit = model["emit"]
    forward = model["start"] + emit[:, pieces[:, 0]].T  # log p(the text up to here, the state)
    for letters in pieces.T[1:]:
        moved = logsumexp(forward[:, :, None] + model["move"], axis=1)
        forward = moved + emit[:, letters].T
    return np.sum(logsumexp(forward, axis=1))


def normalized(counts):
    """Logarithms of the counts' shares of their row."""
    return np.log(counts / np.sum(counts, axis=-1, keepdims=True))


def main():
    letters = [LETTERS.index(c) for c in " ".join(TEXT.lower().split())]
    pieces = np.array(letters[: len(letters) // 50 * 50]).reshape(-1, 50)
    rng = np.random.default_rng(3)
    model = {
        "start": normalized(np.ones(2)),
        "move": normalized(rng.uniform(1, 2, (2, 2))),
        "emit": normalized(rng.uniform(1, 2, (2, len(LETTERS)))),
    }

    step = value_and_grad(log_likelihood)
    print("iteration   bits a letter")
    values = []
    for iteration in range(41):
        value, counts = step(model, pieces)
        values.append(value)
        if iteration % 10 == 0:
            print(f"{iteration:9} {-value / pieces.size / np.log(2):15.4f}")
        # Each letter was written in some state, each piece began in one: the counts say so.
        assert np.isclose(np.sum(counts["emit"]), pieces.size)
        assert np.isclose(np.sum(counts["start"]), len(pieces))
        model = {name: normalized(counts[name] + 1e-9) for name in counts}
    assert np.all(np.diff(values) > -1e-6)  # which EM guarantees

    belongs = np.argmax(model["emit"], axis=0)
    groups = ["".join(np.array(list(LETTERS))[belongs == state]) for state in (0, 1)]
    groups.sort(key=lambda group: "e" not in group)
    for group in groups:
        print("letters of a state:", group.replace(" ", "␣"))
    assert set("aeio") <= set(groups[0]) and set("bcdfhlmnrstvw") <= set(groups[1])


if __name__ == "__main__":
    main()
