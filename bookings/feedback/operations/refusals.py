"""Why an answer is not taken."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class AlreadyAnswered(Refused):
    code = "feedback_already_answered"
    message = _("It is answered already. Thank you!")


class Closed(Refused):
    code = "feedback_closed"
    message = _("The time to answer is over. Thank you all the same!")
    status = 410


class NothingSaid(Refused):
    code = "feedback_says_nothing"
    message = _("Choose an answer to one statement at least, or write something.")


class NamesSomebody(Refused):
    code = "feedback_names_somebody"
    message = _("It looks like an e-mail address, a telephone number or a personal number. Take it away.")
    field = "remark"


class NoSuchAnswer(Refused):
    code = "no_such_answer"
    message = _("There is no such answer.")
    status = 404
