"""Every cell and entry of an edition with its id, name and place, for programs (格目).

With it anybody can fill a workbook or a Word template without reading our code.
"""

from __future__ import annotations

from typing import Any

from xltools.form import Edition
from xltools.outputs.findings import place_json
from xltools.workbook.layout import layout


def catalogue(edition: Edition) -> dict[str, Any]:
    """Return ``{"id", "name", "source", "years", "cells", "fields"}``; a narrative part has ``rows``."""
    cells = [
        {
            **place_json(ref, edition),
            "unit": edition.column(ref).unit,
            "kind": "total" if ref in edition.parts else "input",
        }
        for ref in edition.refs
    ]
    fields = [
        {**place_json(field, edition), "kind": "input", "rows": layout(edition).fields[field.id].height}
        for field in edition.fields.values()
    ]
    return {
        "id": edition.id,
        "name": edition.name,
        "source": edition.source,
        "years": edition.span,
        "cells": cells,
        "fields": fields,
    }
