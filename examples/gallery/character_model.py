"""A recurrent network (LSTM) that learns a rhyme by heart, letter by letter.

At each letter it has a memory and says how probable each next letter is. To begin with every letter
is as good as any. The text is cut into pieces that run side by side, so a step of the network is a
few products of matrices; the gradient goes through all steps of time.
(S. Hochreiter, J. Schmidhuber, "Long short-term memory", 1997.)
"""

import tracegrad.numpy as np
from tracegrad import value_and_grad
from tracegrad.misc.optimizers import adam
from tracegrad.scipy.special import expit, log_softmax

TEXT = """Twinkle, twinkle, little star,
How I wonder what you are!
Up above the world so high,
Like a diamond in the sky.

When the blazing sun is gone,
When he nothing shines upon,
Then you show your little light,
Twinkle, twinkle, all the night.
"""  # J. Taylor, 1806
LETTERS = sorted(set(TEXT))
CELLS, LENGTH = 40, 24


def step(model, state, letters):
    """The state after one more letter in each of the pieces."""
    memory, shown = state
    gates = model["letter"][letters] + shown @ model["shown"]
    keep, take, show, new = np.split(gates, 4, axis=-1)
    memory = expit(keep + 1) * memory + expit(take) * np.tanh(new)
    return memory, expit(show) * np.tanh(memory)


def log_probabilities(model, shown):
    return log_softmax(shown @ model["out"] + model["bias"], axis=-1)


def bits(model, pieces):
    """What a letter of the pieces costs on average, if the model has seen those before it."""
    state = np.zeros((2, len(pieces), CELLS))
    cost = 0.0
    for now, following in zip(pieces.T, pieces.T[1:]):
        state = step(model, state, now)
        said = log_probabilities(model, state[1])
        cost = cost - np.mean(said[np.arange(len(pieces)), following])
    return cost / (pieces.shape[1] - 1) / np.log(2)


def continued(model, beginning, length):
    """The beginning, and then always the letter that is the most probable."""
    state, text = np.zeros((2, CELLS)), beginning
    for i in range(len(beginning) + length - 1):
        if i >= len(text):
            text += LETTERS[np.argmax(log_probabilities(model, state[1]))]
        state = step(model, state, LETTERS.index(text[i]))
    return text


def main():
    rng = np.random.default_rng(0)
    numbers = np.array([LETTERS.index(letter) for letter in TEXT])
    # Pieces begin everywhere, and after the end comes the beginning.
    places = np.arange(0, len(numbers), 5)[:, None] + np.arange(LENGTH)
    pieces = numbers[places % len(numbers)]

    def normal(*shape):
        return rng.normal(size=shape) / np.sqrt(shape[0])

    model = {
        "letter": normal(len(LETTERS), 4 * CELLS),
        "shown": normal(CELLS, 4 * CELLS),
        "out": normal(CELLS, len(LETTERS)),
        "bias": np.zeros(len(LETTERS)),
    }
    print(f"any letter is as good: {np.log2(len(LETTERS)):.3f} bits a letter")
    loss = value_and_grad(bits)

    def gradient(model, i):
        value, slope = loss(model, pieces)
        if i % 30 == 0:
            print(f"step {i:3}: {value:6.3f} bits     {continued(model, 'How I', 24)!r}")
        return slope

    model = adam(gradient, model, num_iters=120, step_size=0.02)
    print(f"step 120: {bits(model, pieces):6.3f} bits\n")
    for beginning in ("Up above", "Like a d", "Then you"):
        text = continued(model, beginning, 24)
        print(f"{beginning!r:14} … {text[len(beginning) :]!r}")
        assert text in TEXT + TEXT


if __name__ == "__main__":
    main()
