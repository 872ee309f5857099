"""Before justering, and justering: check and send; read, approve or return; the receipt."""

from meetings.views.signing.approving import approve
from meetings.views.signing.checking import check, open_round
from meetings.views.signing.reading import sign
from meetings.views.signing.receipt import receipt
from meetings.views.signing.returning import return_minutes

__all__ = ["approve", "check", "open_round", "receipt", "return_minutes", "sign"]
