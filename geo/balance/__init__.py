"""Whether both sides get the same room and the same care: what each has, and on which sources it rests."""
