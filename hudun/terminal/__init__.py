"""The program that runs beside a siren, and a fleet of simulated ones. No Django."""
