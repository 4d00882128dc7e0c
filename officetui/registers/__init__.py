"""The registers of an office: pure domain, no I/O, no clock of their own."""
