"""Blocks of a template and the elements around them."""

from __future__ import annotations

import pytest

from xltools.outputs.wordlayers import Torn, require_layers
from xltools.outputs.wordmarks import Environment

IF, END = "{% if a %}", "{% endif %}"


def required(source: str) -> None:
    require_layers(Environment().parse(source).body)


@pytest.mark.parametrize(
    "source",
    [
        f"<w:t>{IF}甲{END}</w:t>",
        f"<w:p><w:r><w:t>{IF}</w:t></w:r><w:r><w:t>甲{END}</w:t></w:r></w:p>",
        f"<w:p>{IF}</w:p><w:p>甲{END}</w:p>",
        f"<w:tr>{IF}<w:tc><w:p/></w:tc>{END}</w:tr>",
        f"<w:b>{IF}<w:p/>{{% else %}}<w:p><w:r/></w:p>{END}</w:b>",
        "<w:b>{% for a in b %}<w:p><w:t>{{ a }}</w:t></w:p>{% else %}<w:p/>{% endfor %}</w:b>",
        '<?xml version="1.0"?><w:b w:v="{{ a }}"><w:v w:val="{% if a %}x{% else %}y{% endif %}"/></w:b>',
        "<a:t>{{ a }}</a:t>",
    ],
)
def test_whole(source: str) -> None:
    required(source)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (f"<w:tc><w:t>{IF}</w:t></w:tc><w:tc><w:t>{END}</w:t></w:tc>", "不在同一层"),
        (f"<w:tr><w:tc>{IF}</w:tc></w:tr><w:tr><w:tc>{END}</w:tc></w:tr>", "不在同一层"),
        ("<w:p>", "不在同一层"),
        ("</w:p>", "不在同一层"),
        (f"<w:p><w:t>{IF}</w:t></w:p><w:tbl><w:t>{END}</w:t></w:tbl>", "不在同一层"),
        (f"<w:b>{IF}<w:p>{{% else %}}<w:p></w:p>{END}</w:b>", "不在同一层"),
        ("<w:b>{% for a in b %}</w:b><w:b>{% else %}</w:b>{% endfor %}", "不在同一层"),
        (f'<w:b w:v="{IF}"><w:c w:v="{END}"/></w:b>', "不在同一层"),
        ("<w:p>{{ a }}</w:p>", "不在文字里"),
        ("{{ a }}", "不在文字里"),
    ],
)
def test_torn(source: str, says: str) -> None:
    with pytest.raises(Torn, match=says):
        required(source)
