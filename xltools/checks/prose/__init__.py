"""Reading quantities in official prose: from text to claims about cells of the form (正文中的数量)."""
