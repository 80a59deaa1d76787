"""Public pages about places and deputies, and the pages where reception days are kept."""
