"""What enters the office."""
