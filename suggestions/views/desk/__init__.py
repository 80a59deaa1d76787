"""The desk of deputies, conveners, liaison officers and handling units."""
