from django.apps import AppConfig


class StormConfig(AppConfig):
    """Registers the product line whose orders are paid."""

    name = "tests.storm"
    label = "storm"

    def ready(self) -> None:
        from tests.storm import line

        line.register()
