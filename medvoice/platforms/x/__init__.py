"""X: posts and threads through /2/tweets, and the sign-in behind them."""
