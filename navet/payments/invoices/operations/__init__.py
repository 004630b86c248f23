"""What finance does with invoices: a file for each deed."""
