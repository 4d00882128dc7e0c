"""What opens above a screen and closes again: menus, forms, the capture line."""
