"""The one way a value says no."""


class InvalidValue(ValueError):
    """A text that cannot become the value asked for.

    `reason` is one of the words that the raising module lists; `data` holds what a sentence
    about it needs (`by=1`, `character="?"`). Neither ever holds the text itself: it may be secret.
    """

    def __init__(self, reason: str, **data: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.reason} ({told})" if told else self.reason
