"""Everything that changes more than one row of the network at once; one module a noun."""
