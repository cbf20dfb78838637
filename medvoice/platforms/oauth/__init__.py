"""OAuth for the networks: token calls, loopback receiver, one flow per network."""
