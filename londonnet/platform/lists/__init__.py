"""Declared lists: columns, filters, order, pages and saved views."""
