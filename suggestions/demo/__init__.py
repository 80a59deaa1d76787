"""Demo data: invented people and texts, told apart by a mark on every row."""
