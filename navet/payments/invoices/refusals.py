"""Why an invoice is refused; written to whoever does finance."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NothingToInvoice(Refused):
    code = "nothing_to_invoice"
    message = _("There is nothing to invoice here.")


class AlreadyDrafted(Refused):
    code = "already_drafted"
    message = _("There is a draft of this already; issue it or throw it away.")


class CreditFirst(Refused):
    code = "credit_first"
    message = _(
        "Something that was invoiced stands no more, or less is to be paid; credit it, and invoice anew."
    )


class NotADraft(Refused):
    code = "not_a_draft"
    message = _("This invoice is issued, so it can only be credited.")


class DraftIsStale(Refused):
    code = "draft_is_stale"
    message = _("The order has changed since this was drafted; throw the draft away and make a new one.")


class NotIssued(Refused):
    code = "not_issued"
    message = _("This is a draft; issue it first.")


class MoveNotAllowed(Refused):
    code = "invoice_cannot_move"
    message = _("That cannot be done with an invoice in this state.")


class AddressMissing(Refused):
    code = "customer_not_whole"
    message = _("The customer's address is missing; complete the customer first.")


class NoExemption(Refused):
    code = "no_reason_for_exemption"
    message = _(
        "Something here is exempt from VAT and nobody has said why; set the VAT rule of that day first."
    )


class RulesBroken(Refused):
    """`extra`: `rules`, the published names."""

    code = "e_invoice_rules_broken"


class AlreadyCredited(Refused):
    code = "already_credited"
    message = _("This is credited already.")


class NotOverdue(Refused):
    code = "not_overdue"
    message = _("It is not time for a reminder yet.")


class NoMailAddress(Refused):
    code = "no_mail_address"
    message = _("The customer has no e-mail address to remind; telephone instead.")


class BrokenFile(Refused):
    code = "payment_file_broken"
    field = "file"


class FileKnown(Refused):
    code = "payment_file_known"
    field = "file"
    message = _("This file is booked already. Nothing was changed.")


class AlreadySettled(Refused):
    code = "payment_already_settled"
    message = _("This payment is settled already.")


class NoSurplus(Refused):
    code = "no_surplus"
    field = "amount"
    message = _("No more can be moved or paid back than was paid too much.")


class OtherCustomer(Refused):
    code = "other_customer"
    field = "number"
    message = _("That is no other invoice of the same customer.")


class NothingOwed(Refused):
    code = "nothing_owed"
    message = _("Nothing is owed on this invoice.")
