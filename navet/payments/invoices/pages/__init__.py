"""Finance's pages: invoices, what waits, customers, money, books and VAT."""
