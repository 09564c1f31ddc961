"""Commitments: small acts of reliability, and good news of them for a moment of doubt."""

from reconnect.primitives.commitment.commitment import Commitment
from reconnect.primitives.commitment.mine import all_kept, my_promises, recent_kept
from reconnect.primitives.commitment.promised import Keeping, KeptPromise, Promised

__all__ = ["Commitment", "Keeping", "KeptPromise", "Promised", "all_kept", "my_promises", "recent_kept"]
