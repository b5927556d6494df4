"""护盾: software that runs a Chinese district civil air defence office."""
