"""经费: what there is to spend, what is paid to whom, and who approved it. No accounting."""
