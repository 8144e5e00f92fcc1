"""The small errors of the reading library; callers map them into words for people."""


class OcrError(Exception):
    """A page could not be read."""


class EngineMissing(OcrError):
    """The reader, or the model it needs, is not there or not suitable."""


class EngineFailed(OcrError):
    """The reader crashed, or wrote something that is no result."""


class EngineTimeout(OcrError):
    """The reader took longer than it was given."""
