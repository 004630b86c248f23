"""The kernel of Navet's booking and visitor system: it knows none of the apps that stand on it."""
