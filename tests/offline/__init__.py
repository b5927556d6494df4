"""A phone, a bad line and a real office: what test_offline_delivery.py drives."""
