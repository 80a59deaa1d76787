"""What belongs to lists of cases at the desk and in the office alike; a `Side` says which of the two."""
