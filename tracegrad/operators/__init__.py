"""The derivatives people ask for: gradients, Jacobians, products with them, tapes."""
