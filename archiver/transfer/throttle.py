"""How fast we may send: one allowance, shared by all lines to a target."""

import threading
import time


class Throttle:
    """Hands out the right to send, `bytes_per_second` on the average; 0: no limit.

    Bursts are not saved up: a line that was silent owns nothing.
    """

    def __init__(self, bytes_per_second: int = 0) -> None:
        self._rate = bytes_per_second
        self._free_at = 0.0  # monotonic seconds
        self._lock = threading.Lock()

    @property
    def limits(self) -> bool:
        return self._rate > 0

    def reserve(self, count: int) -> float:
        """Seconds to wait before sending the next `count` bytes, which are now spoken for."""
        if not self._rate:
            return 0.0
        with self._lock:
            now = time.monotonic()
            begins = max(now, self._free_at)
            self._free_at = begins + count / self._rate
            return begins - now
