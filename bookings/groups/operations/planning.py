"""What a package costs from when."""

from django.db import transaction

from bookings.groups.models import GroupPackage, PackagePrice


@transaction.atomic
def set_price(package: GroupPackage, price: PackagePrice) -> PackagePrice:
    """From its date on it costs this; a price of the same date is replaced. Groups that have booked keep theirs."""
    package.prices.filter(from_date=price.from_date).delete()
    price.package = package
    price.save()
    return price
