"""The resolved corpus as a graph, its co-appearance projection, and the tables."""
