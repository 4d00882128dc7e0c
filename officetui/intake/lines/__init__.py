"""How the lines of each register are written."""
