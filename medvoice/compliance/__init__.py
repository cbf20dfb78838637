"""The checker: text and rules in, findings out."""
