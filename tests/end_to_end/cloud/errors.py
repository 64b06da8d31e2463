"""What a service answers instead of a result."""


class Refused(Exception):
    """An error as AWS names it; each service's protocol prints it its own way."""

    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
