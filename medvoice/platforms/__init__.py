"""Each network: HTTP in, domain outcomes out."""
