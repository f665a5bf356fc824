"""What cannot be read at all, said in one Chinese sentence (无法处理的文件)."""


class XltoolsError(Exception):
    """A file or request that cannot be processed; the message is for the user.

    ``code`` names the kind of fault in ``--json``: a rule's code where a rule forbids it.
    """

    code = "ERROR"

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code


class NotAWorkbook(XltoolsError):
    """The file is no readable .xlsx workbook."""

    code = "NOT_A_WORKBOOK"


class CannotOpen(NotAWorkbook):
    """The file may be one, but cannot be read now: no right, in use, or its disk fails."""


class WrongTemplate(XltoolsError):
    """The workbook is not ours, or its structure was changed (F2), or does not fit its year (F1)."""

    code = "F2"


class UnknownEdition(XltoolsError):
    """No such edition of the form, or none for that year."""

    code = "UNKNOWN_EDITION"


class WrongYear(XltoolsError):
    """The file named as last year's is a report on another year."""

    code = "WRONG_YEAR"


class NotInterchange(XltoolsError):
    """The JSON file is not in the interchange form."""

    code = "NOT_INTERCHANGE"


class WrongWordTemplate(XltoolsError):
    """The Word template cannot be filled."""

    code = "WORD_TEMPLATE"


class CannotWrite(XltoolsError):
    """The output file exists already, or its place cannot be written to."""

    code = "CANNOT_WRITE"
