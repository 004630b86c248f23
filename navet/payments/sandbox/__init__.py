"""A Stripe of our own, to try the real SDK and every fault against: an HTTP server with Checkout pages and webhooks.

It is a program of its own (`python -m navet.payments.sandbox`), keeps what it knows in a file of its own, knows nothing of
Django or of our database, and moves no money. With STRIPE_API_KEY set nobody starts it. docs/payments.md lists what it does.
"""
