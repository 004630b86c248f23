"""Which schools and preschools come, which do not, and invitations to those."""
