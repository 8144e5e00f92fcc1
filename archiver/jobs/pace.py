"""How long the rest will take, from the pace so far."""

import time
from collections import deque
from typing import Final

_WINDOW: Final = 40  # finished items the pace is taken from
_WINDOW_S: Final = 12.0  # that a speed is taken from
_LEAST_S: Final = 1.0


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


class Speed:
    """Told how much there is by now, it says how much more each second brings."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def see(self, count: int) -> None:
        now = time.monotonic()
        self._seen.append((now, count))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()

    @property
    def per_second(self) -> float | None:
        """None until two looks lie far enough apart."""
        if not self._seen:
            return None
        (begun, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / (ended - begun) if ended - begun >= _LEAST_S else None
