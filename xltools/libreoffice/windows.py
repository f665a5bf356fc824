"""What a LibreOffice window shows: message boxes, the status bar, a picture that stands still (窗口)."""

from __future__ import annotations

from typing import Any

from xltools.libreoffice import bridge

_FIRST_OK, _FIRST_YES = 1 << 16, 4 << 16
_BUTTONS = {"ok": 1 | _FIRST_OK, "ok_cancel": 2 | _FIRST_OK, "yes_no": 3 | _FIRST_YES, "yes_no_cancel": 4 | _FIRST_YES}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_BOXES = {None: "MESSAGEBOX", "info": "INFOBOX", "critical": "WARNINGBOX"}


def default_answer(buttons: str | None) -> str:
    """What stands for an answer where nobody can give one: the last button, which does nothing."""
    return (buttons or "ok").split("_")[-1]


def ask(context: Any, desktop: Any, prompt: str, title: str, buttons: str | None, mode: str | None) -> str:
    """Show a message box on the window in front and wait for its answer."""
    wanted = buttons or "ok"
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    frame = desktop.CurrentFrame
    parent = frame.ContainerWindow if frame is not None else None
    name = "QUERYBOX" if mode == "info" and wanted != "ok" else _BOXES[mode]  # an INFOBOX has one button, always
    kind = bridge.uno().Enum("com.sun.star.awt.MessageBoxType", name)
    box = toolkit.createMessageBox(parent, kind, _BUTTONS[wanted], title, prompt)
    answer = _ANSWERS[box.execute()]
    box.dispose()
    return answer if answer in wanted.split("_") else wanted.split("_")[-1]


class StatusBar:
    """The text at the foot of one window."""

    def __init__(self) -> None:
        self.text: str | bool = False
        self._indicator: Any = None

    def show(self, text: str, document: Any | None) -> None:
        """Show a text until `end`."""
        self.text = text
        if self._indicator is None and document is not None:
            self._indicator = document.CurrentController.Frame.createStatusIndicator()
            self._indicator.start(text, 0)
        elif self._indicator is not None:
            self._indicator.setText(text)

    def end(self) -> None:
        """Give the status bar back to LibreOffice."""
        if self._indicator is not None:
            self._indicator.end()
        self.text, self._indicator = False, None
