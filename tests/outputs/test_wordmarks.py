"""What a mark may say, in the words of a small report."""

from __future__ import annotations

from typing import Any

import pytest

from xltools.errors import WrongWordTemplate
from xltools.outputs import wordmarks
from xltools.outputs.wordmarks import Environment, reviewed

WORDS: dict[str, Any] = {
    "year": "2025",
    "office": {"name": "甲<&>乙{_{ x }_}", "fax": "", "items": "传"},
    "overview": [{"text": "一"}, {"text": "二"}],
    "notes": {"requests": ["注一", "注二"]},
}


def part(text: str) -> str:
    return f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"


ALLOWED = {
    "{{ year }}": "2025",
    "{{ office['name'] }}": "甲&lt;&amp;&gt;乙{&#95;{ x }&#95;}",
    "{{ office.items }}": "传",
    "{{ office.name|upper|lower|trim }}": "甲&lt;&amp;&gt;乙{&#95;{ x }&#95;}",
    "{{ office.name|e }}": "甲&lt;&amp;&gt;乙{&#95;{ x }&#95;}",
    "{{ office.name|length }}": "14",
    "{{ office.fax|default('无') }}": "无",
    "{{ office.fax|d('无', true) }}": "无",
    "{{ office.fax or '无' }}": "无",
    "{{ year if office.fax else '<无>' }}": "&lt;无&gt;",
    "{{ notes.requests|join('；') }}": "注一；注二",
    "{{ overview|length }}{{ notes.requests|count }}": "22",
    "{% if office.name == '甲<&>乙{_{ x }_}' %}是{% endif %}": "是",
    "{% if overview|length >= 2 and not office.fax %}是{% elif year %}不{% else %}否{% endif %}": "是",
    "{% if '20' in year and year != '2020' %}是{% endif %}": "是",
    "{% for p in overview %}{{ loop.index }}{{ p.text }}{% if not loop.last %}、{% endif %}{% endfor %}": "1一、2二",
    "{% for p in overview %}{% else %}无{% endfor %}": "",
    "{# 注 #}{{- year -}}": "2025",
}


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text: str) -> None:
    source = part(text)
    assert reviewed([source], WORDS) == ([], [])
    assert Environment().from_string(source).render(WORDS) == part(ALLOWED[text])


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{{ fax }}{{ fax }}{{ office.x.y }}", ["fax", "office.x.y"]),
        ("{% for p in nobody %}{{ p.text }}{% endfor %}{{ p.text }}", ["nobody", "p.text"]),
        ("{% for p in overview %}{{ p.title }}{% endfor %}{{ loop.index }}", ["p.title", "loop.index"]),
        ("{% if a == b %}{{ c|upper }}{% elif d %}{{ e if f else g }}{% endif %}", ["a", "b", "c", "d", "f", "e", "g"]),
        ("{{ year.x }}{{ overview.text }}{{ office.keys }}", ["year.x", "overview.text", "office.keys"]),
    ],
)
def test_every_unknown_name_once(text: str, unknown: list[str]) -> None:
    found, faults = reviewed([part(text)], WORDS)
    assert (sorted(found), faults) == (sorted(unknown), [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ overview[0].text }}", "项目名写法有误"),
        ("{{ year[0] }}", "项目名写法有误"),
        ("{{ year[0:2] }}", "项目名写法有误"),
        ("{% if '2020' < year %}{% endif %}", "不能比较文字的大小"),
        ("{% if year > 2020 %}{% endif %}", "不能比较文字的大小"),
        ("{{ year == '2025' }}", "写的是条件"),
        ("{{ office.fax == '' or year }}", "写的是条件"),
        ("{{ overview }}", "写的是一组内容"),
        ("{{ overview|join }}", "|join”不能用"),
        ("{{ year|join }}", "|join”不能用"),
        ("{{ year|default(office.fax) }}", "|default”不能用"),
        ("{{ year|default(value='x') }}", "|default”不能用"),
        ("{{ 1.5 }}{{ none }}{{ [] }}{{ {} }}{{ (1, 2) }}", "只能写项目名和比较"),
        ("{{ year is defined }}", "只能写项目名和比较"),
        ("{% for k in office %}{% endfor %}", "循环的不是一组内容"),
        ("{% for p in overview if p %}{% endfor %}", "循环里不能再有循环，也不能带条件"),
        ("{% for a, b in overview %}{% endfor %}", "循环里不能再有循环，也不能带条件"),
        (
            "{% for p in overview %}{% if year %}{% for q in overview %}{% endfor %}{% endif %}{% endfor %}",
            "不能再有循环",
        ),
        ("{% if year %}", "写法有误"),
        ("{{ year", "写法有误"),
    ],
)
def test_refused(text: str, says: str) -> None:
    unknown, faults = reviewed([part(text)], WORDS)
    assert not unknown and faults and all(says in fault for fault in faults), (unknown, faults)


def test_the_paragraph_is_quoted() -> None:
    source = part("好").replace("<w:p>", "\n<w:p>") + part("甲{{ year() }}乙").replace("<w:p>", "\n<w:p>")
    assert reviewed([source], WORDS)[1] == ["“甲{{ year() }}乙”只能写项目名和比较，不能计算或调用"]


def test_the_result_is_counted_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordmarks, "LONGEST", 1000)
    template = Environment().from_string("{% for p in overview %}" + "x" * 600 + "{% endfor %}")
    assert len(template.render({**WORDS, "overview": WORDS["overview"][:1]})) == 600
    with pytest.raises(WrongWordTemplate, match="填出来的内容过多"):
        template.render(WORDS)


def test_behind_the_review_nothing_can_be_called() -> None:
    """What would be left if the review overlooked something."""
    environment = Environment()
    assert not environment.globals and not environment.tests
    for text in ("{{ cycler }}", "{{ year.upper() }}", "{{ ''.__class__ }}", "{{ office.update }}"):
        with pytest.raises(Exception, match=r"undefined|not safely callable|has no attribute|unsafe"):
            environment.from_string(text).render(WORDS)
