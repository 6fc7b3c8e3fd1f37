"""The interpreters: reverse mode, forward mode, and the transposition that links them."""
