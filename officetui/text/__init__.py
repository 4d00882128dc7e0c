"""Languages, display width, glyphs, dates in words."""
