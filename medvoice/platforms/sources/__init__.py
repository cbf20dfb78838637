"""What is read from outside, and kept up to date there, beside the networks."""
