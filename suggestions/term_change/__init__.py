"""换届: the next congress takes over. Here, because it joins deputies, venues and cases.

`drafting` while it is prepared, `plan` what it would do, `confirming` writes the next term ahead of its day,
`carrying` closes the old one on the day, `hand_over` lists what those who leave leave behind.
"""
