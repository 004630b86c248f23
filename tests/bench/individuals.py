"""`make bench BENCH=individuals`: 5 000 attendances (BENCH_ATTENDANCES) over a year's change, against the truth.

Prints for each year how many persons there were, how many are counted before anybody decides and after staff decided on every pair
that the house shows, and the precision and recall of what it shows. On a database of its own. Judges nothing.
"""

import os

from tests.bench import ground

ATTENDANCES = int(os.environ.get("BENCH_ATTENDANCES", "5000"))
SEED = int(os.environ.get("BENCH_SEED", "1"))


def main() -> None:
    ground.use_own_database()
    import django

    django.setup()
    from django.core.management import call_command

    from navet.accounts.actor import Actor
    from navet.accounts.models import User
    from tests.visitors import people
    from visitors import individuals, readding

    call_command("migrate", verbosity=0)
    staff = User.objects.create_user("bench@navet.example", name="Bench", roles=["planner"])
    town = people.Town(attendances=ATTENDANCES, persons=1_600, schools=90, seed=SEED)
    years = town.come(Actor(user=staff))
    print(f"{ATTENDANCES} attendances, seed {SEED}")
    print("year  persons  counted  after staff  error before  after  pairs shown  precision  recall")
    for number, year in sorted(years.items()):
        told = people.judged(number, year, staff)
        print(
            f"{number}  {told.humans:7}  {told.first:7}  {told.after:11}  {told.first / told.humans - 1:+12.2%}"
            f"  {told.after / told.humans - 1:+.2%}  {told.shown:11}  {told.precision:9.3f}  {told.recall:6.3f}",
            flush=True,
        )
    print("differences:", [*individuals.differences(), *readding.of_every_year()] or "none")


if __name__ == "__main__":
    main()
