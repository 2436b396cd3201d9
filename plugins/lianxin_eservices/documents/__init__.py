"""What goes onto paper: the layout of a notice, the font that it is set in, and the drawing of it."""
