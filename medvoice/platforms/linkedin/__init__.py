"""LinkedIn: text posts through /rest/posts, and the sign-in behind them."""
