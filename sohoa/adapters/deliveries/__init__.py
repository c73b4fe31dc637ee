"""Couriers: each carries snapshots to one kind of receiver, and says what it was answered.

May import ``ports`` and ``domain``, and nothing of other adapters.
"""

from sohoa.adapters.deliveries.mail import MailCourier
from sohoa.adapters.deliveries.shelf import ShelfCourier
from sohoa.adapters.deliveries.webhook import WebhookCourier

__all__ = ["MailCourier", "ShelfCourier", "WebhookCourier"]
