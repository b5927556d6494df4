"""`hudun sound`: a whole trial sounding by real processes, in compressed time, with faults."""
