"""What anybody may open from outside: a scanned plate, a short link to answer by."""
