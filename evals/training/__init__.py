"""What `coach train` does: fits a pack and says how well it does on speakers it never heard."""
