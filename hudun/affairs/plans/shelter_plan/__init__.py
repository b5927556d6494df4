"""`hudun shelter-plan`: files in, a plan in files out, for planners who never open the web."""
