"""How long the rest will take, from the pace so far."""

import time
from collections import deque
from typing import Final

_WINDOW: Final = 40  # finished items the pace is taken from


class Pace:
    """Told of each finished item, it estimates the seconds left."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self._times: deque[float] = deque([time.monotonic()], maxlen=_WINDOW)

    def step(self) -> None:
        self.done += 1
        self._times.append(time.monotonic())

    @property
    def seconds_left(self) -> float | None:
        """None until there is a pace to speak of."""
        span = self._times[-1] - self._times[0]
        if len(self._times) < 3 or span <= 0:
            return None
        return (self.total - self.done) * span / (len(self._times) - 1)
