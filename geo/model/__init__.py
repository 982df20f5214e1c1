"""What a row is: one frozen model a table of data/, and what follows from the rows alone."""
