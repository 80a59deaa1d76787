"""Lists of cases as people work with them: columns, what is due when, what one keeps, files that go out."""
