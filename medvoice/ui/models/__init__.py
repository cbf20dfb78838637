"""What pages show, as values made on the work lane, and the Qt models over them."""
