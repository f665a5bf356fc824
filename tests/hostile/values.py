"""What stands in the cells: numbers that are none, texts that look like numbers, dates, errors, formulas."""

from __future__ import annotations

from tests.hostile.case import (
    COVER,
    PLACE,
    PROSE,
    TABLE,
    At,
    Case,
    address,
    both,
    case,
    cell,
    field_at,
    put,
    rewritten,
    said,
    typed,
)
from tests.support.reports import ref
from xltools.workbook.layout import a1

NUMBER, TEXT, FORMULA = f"numbers:{PLACE}", f"texts:{PLACE}", f"formulas:{PLACE}"
TOTAL = ref("requests.received.total")
INLINE = '<c r="{{r}}" s="{{s}}" t="inlineStr"><is>{}</is></c>'
CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x">{}</mc:Choice></mc:AlternateContent>'
)
STYLED = "</cellXfs>"


def number(inside: str, *allowed: str, attributes: str = "", **more: object) -> Case:
    """The number's cell with this inside it."""
    return case(cell(f'<c r="{{r}}" s="{{s}}"{attributes}>{inside}</c>'), *allowed, **more)


def value(written: str, reads: object, **more: object) -> Case:
    """A number as it may be written, and what it is."""
    return number(f"<v>{written}</v>", "read", reads={NUMBER: reads}, **more)


def no_number(written: str, text: str | None = None, **more: object) -> Case:
    """Something in a cell of numbers that is none, and is kept as text."""
    reads = {NUMBER: None, TEXT: written if text is None else text}
    return number(f"<v>{written}</v>", "N1", reads=reads, **more)


def text(written: str, kept: str, *, inline: bool = True, **more: object) -> Case:
    """A text in a cell of numbers: never taken for a number, whatever it looks like."""
    inside, kind = (said(written), ' t="inlineStr"') if inline else (f"<v>{written}</v>", ' t="str"')
    return number(inside, "N1", attributes=kind, reads={NUMBER: None, TEXT: kept}, **more)


def formatted(code: str, written: str, *allowed: str, sheet: str = TABLE, where: At = address, **more: object) -> Case:
    """A number in a style of its own."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        styles = found["xl/styles.xml"].decode()
        index = styles.partition("<cellXfs")[2].partition(STYLED)[0].count("<xf ")
        style = f'<xf numFmtId="999" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>{STYLED}'
        form = f'<numFmt numFmtId="999" formatCode="{code}"/></numFmts>'
        found["xl/styles.xml"] = styles.replace(STYLED, style, 1).replace("</numFmts>", form, 1).encode()
        put(sheet, where, f'<c r="{{r}}" s="{index}"><v>{written}</v></c>')(edition, found)

    return case(change, *allowed, **more)


def lies(code: str, written: str, shown: str = "", **more: object) -> Case:
    looks = f"“{shown}”" if shown else "别的样子"
    reads = {NUMBER: None, TEXT: f"{written}（显示为{looks}）"}
    return formatted(code, written, "N1", reads=reads, **more)


def honest(code: str, written: str, reads: object, **more: object) -> Case:
    return formatted(code, written, "read", reads={NUMBER: reads}, **more)


def words(field: str, inside: str, reads: str, *allowed: str, sheet: str = COVER, **more: object) -> Case:
    """A text entry with this in it."""
    change = typed(sheet, field_at(field), inside)
    return case(change, *(allowed or ("read",)), reads={field: reads}, **more)


def entry(field: str, xml: str, *allowed: str, sheet: str = COVER, **more: object) -> Case:
    return case(put(sheet, field_at(field), xml), *allowed, **more)


def day(code: str) -> Case:
    """A date in a format of its own that does not show which day."""
    where, reads = field_at("office.date"), {"office.date": "44221"}
    return formatted(code, "44221", "N1", sheet=COVER, where=where, reads=reads, says="44221")


def broken(inside: str, **more: object) -> Case:
    """Words of which some would be left out."""
    return entry("office.name", INLINE.format(inside), "!F0", says="已损坏", **more)


def total(inside: str, *allowed: str, attributes: str = "", **more: object) -> Case:
    return case(cell(f'<c r="{{r}}" s="{{s}}"{attributes}>{inside}</c>', TOTAL), *allowed, **more)


def shared(formula: str, **more: object) -> Case:
    """The number by a formula that it shares with the cell beside it."""
    first = f'<c r="{{r}}" s="{{s}}"><f t="shared" ref="D8:E8" si="0">{formula}</f><v>7</v></c>'
    second = '<c r="{r}" s="{s}"><f t="shared" si="0"/><v>8</v></c>'
    beside = ref("requests.received.company")
    reads = {FORMULA: f"={formula}"} | ({f"formulas:{beside}": "=B1+1"} if formula == "A1+1" else {})
    return case(both(cell(first), cell(second, beside)), "N1", reads=reads, **more)


def followers(edition: str, found: dict[str, bytes]) -> None:
    """Twenty thousand cells that share one formula of hundreds of characters."""
    first = f'<f t="shared" ref="D300:BA699" si="0">{"+".join(["A1"] * 160)}</f>'
    rows = (
        "".join(f'<c r="{a1(row, column)}"><f t="shared" si="0"/></c>' for column in range(3, 53))
        for row in range(300, 700)
    )
    lines = "".join(f'<row r="{row}">{cells}</row>' for row, cells in enumerate(rows, start=301))
    lines = f'<row r="300"><c r="D300">{first}</c></row>{lines}'
    rewritten(PROSE, "</sheetData>", f"{lines}</sheetData>")(edition, found)


DATED = '<c r="{r}" s="{s}" t="d"><v>2021-01-25</v></c>'
CASES: dict[str, Case] = {
    # numbers as programs write them
    "seven": value("7", 7),
    "seven point zero": value("7.0", 7),
    "seven with a sign": value("+7", 7),
    "seven with zeros before it": value("007", 7),
    "seven with blanks around it": value(" 7 ", 7),
    "seven with an exponent": value("0.7E1", 7),
    "seventy with an exponent": value("7E+1", 70),
    "a thousand with a small e": value("1e3", 1000),
    "seven without a digit before the point": value(".7E1", 7),
    "seven with a point and nothing": value("7.", 7),
    "nearly seven, as sums come out": value("6.9999999999999996", 7),
    "a little more than seven, as sums come out": value("7.0000000000000009", 7, independent=True),
    "minus zero": value("-0", 0),
    "an explicit type": number("<v>7</v>", "read", attributes=' t="n"', reads={NUMBER: 7}),
    "fifteen digits": value("123456789012345", 123456789012345),
    "half": number("<v>7.5</v>", "N3", reads={NUMBER: "7.5"}),
    "a tenth in seventeen digits": number("<v>0.10000000000000001</v>", "N3", reads={NUMBER: "0.1"}),
    "three tenths, as sums come out": number("<v>0.30000000000000004</v>", "N3", reads={NUMBER: "0.3"}),
    "negative": number("<v>-7</v>", "N1", reads={NUMBER: -7}),
    "very small": number("<v>1E-300</v>", "N3", reads={NUMBER: "1E-300"}),
    "not even the smallest": value("1E-999", 0),
    # what is no number, or too long a one
    "sixteen digits": no_number("1234567890123456", "1234567890123456（超过 15 位）"),
    "two to the power of 53, and one": no_number("9007199254740993", "9007199254740993（超过 15 位）"),
    "an organ's code": no_number("114300001234567890", "114300001234567890（超过 15 位）"),
    "very large": number("<v>1E+300</v>", "N1", reads={NUMBER: None}),
    "beyond all numbers": no_number("1E999", independent=False),
    "no number at all": no_number("NaN", independent=False),
    "infinite": no_number("INF", independent=False),
    "with a stroke": no_number("1_000", independent=False),
    "with a comma": no_number("1,200", independent=False),
    "wide digits": no_number("１２", independent=False),
    "Arabic digits": no_number("١٢", independent=False),
    "superscript": no_number("2²", independent=False),
    "hexadecimal": no_number("0x10", independent=False),
    "two numbers": no_number("1 2", independent=False),
    "two points": no_number("1.2.3", independent=False),
    "two signs": no_number("--253", independent=False),
    "an exponent of four digits": no_number("1E0001", independent=False),
    "a word": no_number("abc", independent=False),
    "nothing but a point": no_number(".", independent=False),
    # texts
    "a text that is a number": text("7", "7"),
    "a text of digits, by a program": text("7", "7", inline=False),
    "a text of wide digits": text("１２", "１２"),
    "a text with a comma": text("1,200", "1,200"),
    "a text with a unit": text("12件", "12件"),
    "a text with a hard blank": text("12\u00a0", "12\u00a0"),
    "a text with what nobody sees": text("1\u200b2", "1\u200b2"),
    "a text with an apostrophe": text("'12", "'12"),
    "a stroke": text("-", "-"),
    "a slash": text("/", "/"),
    "nothing": text("无", "无"),
    "a text of blanks": text("  ", "  ", says="看不见的空格"),
    "a text of an ideographic blank": text("　", "　", says="看不见的空格"),
    "an empty text": number(said(""), "N2", attributes=' t="inlineStr"', reads={NUMBER: None, TEXT: None}),
    "an empty text, by a program": number("<v></v>", "N2", attributes=' t="str"', reads={NUMBER: None}),
    "a text that looks like a formula": text("=1+1", "=1+1"),
    "a text with a line in it": text("1&#10;2", "1\n2"),
    "a text in runs": number(
        "<is><r><t>1</t></r><r><rPr><b/></rPr><t>2</t></r></is>", "N1", attributes=' t="inlineStr"', reads={TEXT: "12"}
    ),
    "a text with its reading": number(
        '<is><t>十二</t><rPh sb="0" eb="2"><t>12</t></rPh></is>',
        "N1",
        attributes=' t="inlineStr"',
        reads={TEXT: "十二"},
    ),
    # other types
    "true": number("<v>1</v>", "N1", attributes=' t="b"', reads={NUMBER: None, TEXT: "TRUE"}),
    "false": number("<v>0</v>", "N1", attributes=' t="b"', reads={NUMBER: None, TEXT: "FALSE"}),
    "neither true nor false": number("<v>7</v>", "!F0", attributes=' t="b"', says="已损坏"),
    "a date": number("<v>2021-01-25</v>", "N1", attributes=' t="d"', reads={NUMBER: None}, says="2021-01-25"),
    "a date that is none": number("<v>2021-13-45</v>", "!F0", attributes=' t="d"', says="已损坏"),
    "a type that nobody knows": number("<v>7</v>", "!F0", attributes=' t="q"', says="已损坏"),
    "an empty type": number("<v>7</v>", "!F0", attributes=' t=""', says="已损坏"),
    "no value": number("<v/>", "N2", reads={NUMBER: None}),
    "nothing in the cell": number("", "N2", reads={NUMBER: None}),
    "a string that is not there": number("<v>99999</v>", "!F0", attributes=' t="s"', says="已损坏"),
    "a string before the first": number("<v>-1</v>", "!F0", attributes=' t="s"', says="已损坏"),
    "a string with a stroke in its number": number("<v>1_0</v>", "!F0", attributes=' t="s"', says="已损坏"),
    "a string of wide digits": number("<v>１</v>", "!F0", attributes=' t="s"', says="已损坏"),
    "a string of no number": number("<v>x</v>", "!F0", attributes=' t="s"', says="已损坏"),
    **{
        f"the error {error}": number(
            f"<v>{error}</v>", "N1", attributes=' t="e"', reads={NUMBER: None, TEXT: error}, says="公式出错"
        )
        for error in ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#BUSY!")
    },
    # formulas in the place of numbers
    "a formula": number("<f>3+4</f><v>7</v>", "N1", reads={FORMULA: "=3+4"}, says="不要用公式"),
    "a formula that nobody has computed": number("<f>3+4</f>", "N1", reads={FORMULA: "=3+4", NUMBER: None}),
    "a formula that nobody has computed, with a value": number("<f>3+4</f><v/>", "N1", reads={NUMBER: None}),
    "a formula with an old value": number("<f>3+4</f><v>9</v>", "N1", reads={FORMULA: "=3+4"}),
    "a formula that fails": number("<f>1/0</f><v>#DIV/0!</v>", "N1", attributes=' t="e"', reads={FORMULA: "=1/0"}),
    "a formula that gives text": number('<f>"7"</f><v>7</v>', "N1", attributes=' t="str"', reads={NUMBER: None}),
    "a formula of another workbook": number("<f>[1]表三!D8</f><v>7</v>", "N1", reads={FORMULA: "=[1]表三!D8"}),
    "an empty formula": number("<f/><v>7</v>", "N1", "!F0", independent=False),
    "an array": number('<f t="array" ref="D8">3+4</f><v>7</v>', "N1", reads={FORMULA: "=3+4"}),
    "a table of data": number('<f t="dataTable" ref="D8" dt2D="0"/><v>7</v>', "N1", "!F0", independent=False),
    "a shared formula": shared("A1+1"),
    "a shared formula with quotes": shared('"a"'),
    "a shared formula with an open quote": shared('"abc', independent=False),
    "a shared formula of nobody": number('<f t="shared" si="7"/><v>7</v>', "N1", "!F0", independent=False),
    "a shared formula of twenty thousand": case(followers, "F2", says="D300", independent=False),
    "a long shared formula": shared("+".join(["A1"] * 2000), independent=False),
    # numbers shown as something else
    "shown as a share": lies("0%", "1", "100%"),
    "shown as a share, nothing": honest("0%", "0", 0),
    "shown in thousands": lies("#,##0,", "12000"),
    "shown in thousands by a word": lies("0&quot;千&quot;", "7", "7千"),
    "shown in ten thousands by a word": lies("0&quot;万件&quot;", "7", "7万件"),
    "shown as another number": lies("&quot;5&quot;", "7"),
    "shown as nothing": lies(";;;", "7"),
    "shown as a date": lies("yyyy-mm-dd", "44221", "2021-01-25"),
    "shown as a date of China": lies("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "44221", "2021-01-25"),
    "shown as a time": lies("hh:mm", "7"),
    "shown with more digits": lies("0&quot;0&quot;", "7", "70"),
    "shown as a share, in wide characters": lies("0&quot;％&quot;", "7", "7％"),
    "shown in ten thousands by a point": lies("0!.0000", "505", says="（D8）.*请把格式改为“常规”"),
    "shown in ten thousands by another point": lies("0\\.0000", "505"),
    "shown in ten thousands by a point in quotes": lies("0&quot;.&quot;0", "75"),
    "shown with a point before it": lies("&quot;.&quot;0", "7"),
    "shown as hours": lies("0:00", "1234"),
    "shown with a blank in it": lies("0 0", "75"),
    "shown with a digit that fills": lies("0*0", "7", "70"),
    "shown with a digit that fills before it": lies("*50", "7", "57"),
    "shown twice": lies("@@", "7"),
    "shown with a numeral in a circle": lies("0&quot;①&quot;", "7", "7①"),
    "shown with a numeral of banks": lies("0&quot;壹&quot;", "7", "7壹"),
    "nothing, shown as ten": lies("0;0;&quot;十&quot;", "0", "十"),
    "shown as negative by a long dash": lies("&quot;–&quot;0", "7"),
    "shown as negative by brackets": lies("(0)", "7"),
    "shown with a unit in brackets": honest("0&quot;（件）&quot;", "7", 7),
    "shown with words in brackets": honest("0&quot;（含上年结转）&quot;", "7", 7),
    "shown with words and a colon": honest("&quot;合计：&quot;0", "7", 7),
    "shown as negative": lies("-0", "7"),
    "shown under a condition": lies("[&gt;5]&quot;x&quot;;0", "7"),
    "shown in ranks of ten": lies("0E+0", "1234"),
    "shown in a format that is none": lies("&quot;0", "7", independent=False),
    "shown with commas": honest("#,##0", "1200", 1200),
    "shown with zeros before it": honest("000", "7", 7),
    "shown in red": honest("[Red]0", "7", 7),
    "shown with its unit": honest("0&quot;件&quot;", "7", 7),
    "shown in Chinese digits": honest("[DBNum1]0", "7", 7),
    "shown as Excel in China does": honest("0_ ", "7", 7),
    "shown as accountants do": honest("_ * #,##0_ ;_ * \\-#,##0_ ;_ * &quot;-&quot;_ ;_ @_ ", "7", 7),
    "shown as nothing, and it is": honest("0;-0;;@", "0", 0),
    "shown as text": honest("@", "7", 7),
    "shown by a style that is not there": case(
        cell('<c r="{r}" s="99999"><v>7</v></c>'), "read", "!F0", reads={NUMBER: 7}, independent=False
    ),
    "shown by a style with zeros before it": case(
        cell('<c r="{r}" s="01"><v>7</v></c>'), "read", reads={NUMBER: 7}, independent=False
    ),
    "a style that is no number": case(cell('<c r="{r}" s="x"><v>7</v></c>'), "!F0", says="已损坏"),
    # totals
    "a total of one's own": total("<v>999999</v>", "F2", says="合计公式被改成了“999999”"),
    "a total of one's own that is right": total("<v>0</v>", "F2"),
    "a total of words": total(said("很多"), "F2", attributes=' t="inlineStr"', says="合计公式被改成了“很多”"),
    "no total": total("", "F2", says="合计公式被改成了“空白”"),
    "a total by another formula": total("<f>1+1</f><v>999999</v>", "H1", says="总计"),
    "a total by another formula that gives words": total(
        "<f>A1</f><v>很多</v>", "F2", attributes=' t="str"', says="合计公式被改成了“很多”"
    ),
    "a total that fails": total(
        "<f>1/0</f><v>#DIV/0!</v>", "F2", attributes=' t="e"', says="合计公式被改成了“#DIV/0!”"
    ),
    "a total that nobody has computed": total("<f>SUM(D8:I8)</f>", "read", reads={f"numbers:{TOTAL}": None}),
    "an old total": total("<f>SUM(D8:I8)</f><v>999998</v>", "H1", says="999998"),
    "a total that is true": total("<f>TRUE</f><v>1</v>", "F2", attributes=' t="b"'),
    # words
    "words with an escape": words("office.name", "甲_x000D__x000A_乙", "甲\n乙"),
    "words with an escape of an escape": words("office.name", "甲_x005F_x0041_", "甲_x0041_", independent=False),
    "words with an escape of a letter": words("office.name", "甲_x0041_", "甲A", independent=False),
    "words with halves of a character": words("office.name", "_xD83D__xDE00_", "\U0001f600", independent=False),
    "words with blanks around them": words("office.name", "  某镇  ", "  某镇  ", independent=False),
    "words with a line end of Windows": words("office.name", "甲&#13;&#10;乙", "甲\n乙"),
    "words beyond the first plane": words("office.name", "𠮷\U0001f600", "𠮷\U0001f600"),
    "words from right to left": words("office.name", "甲\u202e乙", "甲\u202e乙"),
    "words in two texts of a run": broken("<r><t>甲</t><t>乙</t></r>"),
    "words around something in a text": broken("<t>甲<x/>乙</t>"),
    "words in a choice": broken(f"<r><t>甲</t></r>{CHOICE.format('<r><t>乙</t></r>')}"),
    "words in a choice in a run": broken(f"<r>{CHOICE.format('<t>乙</t>')}</r>"),
    "words of another kind": broken('<q:t xmlns:q="urn:q">甲</q:t>', independent=False),
    "words beside a text": broken("甲<t>乙</t>"),
    "words beside a run's text": broken("<r><t>甲</t>乙</r>"),
    "words in a run in a run": broken("<r><r><t>甲</t></r></r>"),
    "words in runs, on lines of their own": entry(
        "office.name",
        INLINE.format(
            "\n<r>\n<rPr/>\n<t>甲</t>\n</r>\n<r><t>乙</t></r><rPh sb='0' eb='1'><t>x</t></rPh><phoneticPr fontId='1'/>"
        ),
        "read",
        reads={"office.name": "甲乙"},
    ),
    "words that are an error": entry("office.name", '<c r="{r}" s="{s}" t="e"><v>#REF!</v></c>', "N1", says="#REF!"),
    "words that are a formula": entry(
        "office.name", '<c r="{r}" s="{s}" t="str"><f>A1</f><v>甲</v></c>', "N1", says="=A1"
    ),
    "words that are a formula nobody has computed": entry("office.name", '<c r="{r}" s="{s}"><f>A1</f></c>', "N1"),
    "a code that has become a number": entry(
        "office.code", '<c r="{r}" s="{s}"><v>1.1430000123456801E+17</v></c>', "N1", says="114300001234568"
    ),
    "a telephone that has become a number": entry(
        "office.phone", '<c r="{r}" s="0"><v>57762299616</v></c>', "read", reads={"office.phone": "57762299616"}
    ),
    "a postcode that has become a date": entry("office.postcode", DATED, "N1"),
    "a postcode with zeros before it": formatted(
        "000000", "8500", "read", sheet=COVER, where=field_at("office.postcode"), reads={"office.postcode": "008500"}
    ),
    "a postcode that is shown as a share": formatted(
        "0%", "8500", "N1", sheet=COVER, where=field_at("office.postcode"), says="8500"
    ),
    "a day as a date": entry("office.date", DATED, "same"),
    "a day as a number": entry("office.date", '<c r="{r}" s="0"><v>44221</v></c>', "same"),
    "a day that shows no day": day("yyyy&quot;年&quot;m&quot;月&quot;"),
    "a day that shows a month": day("mm"),
    "a day that shows an hour": day("h:mm"),
    "a day that shows another": day("yyyy&quot;年1&quot;m&quot;月&quot;d&quot;日&quot;"),
    "a day of today": entry("office.date", '<c r="{r}" s="{s}"><f>TODAY()</f><v>44221</v></c>', "N1", says="=TODAY()"),
    "a day of today, as a date": entry(
        "office.date", '<c r="{r}" s="{s}" t="d"><f>TODAY()</f><v>2021-01-25</v></c>', "N1", says="=TODAY()"
    ),
    "a day of another century": entry(
        "office.date", '<c r="{r}" s="0"><v>1234</v></c>', "read", reads={"office.date": "1234"}
    ),
    "a day with an hour": entry(
        "office.date", '<c r="{r}" s="0"><v>44221.5</v></c>', "read", reads={"office.date": "44221.5"}
    ),
    "a paragraph that is a number": entry(
        "narrative.overview", '<c r="{r}" s="{s}"><v>5</v></c>', "N1", sheet=PROSE, says="“5”"
    ),
    "a paragraph that is a date": entry("narrative.overview", DATED, "N1", sheet=PROSE),
    "a paragraph that is an error": entry(
        "narrative.overview", '<c r="{r}" s="{s}" t="e"><v>#N/A</v></c>', "N1", sheet=PROSE
    ),
    "a paragraph that is a formula": entry(
        "narrative.overview", '<c r="{r}" s="{s}" t="str"><f>A1</f><v>甲</v></c>', "N1", sheet=PROSE
    ),
    # the year
    "a year in words": entry(
        "year", '<c r="{r}" t="inlineStr"><is><t>二〇二一</t></is></c>', "N1", reads={"year": None}
    ),
    "a year as text": entry("year", '<c r="{r}" t="inlineStr"><is><t>2021</t></is></c>', "N1", reads={"year": None}),
    "a year of two digits": entry("year", '<c r="{r}"><v>21</v></c>', "N1", reads={"year": None}),
    "a year and a half": entry("year", '<c r="{r}"><v>2021.5</v></c>', "N1", reads={"year": None}),
    "a year by a formula": entry("year", '<c r="{r}"><f>YEAR(TODAY())</f><v>2021</v></c>', "N1", reads={"year": None}),
    "a year as a date": entry("year", '<c r="{r}" t="d"><v>2021-12-31</v></c>', "N1", reads={"year": None}),
    "a year of long ago": entry("year", '<c r="{r}"><v>1999</v></c>', "N1", reads={"year": None}),
    "no year": entry("year", '<c r="{r}"/>', "N2", reads={"year": None}),
    "a year of the other edition": case(
        lambda edition, found: put(
            COVER, field_at("year"), f'<c r="{{r}}"><v>{2022 if edition == "2019" else 2019}</v></c>'
        )(edition, found),
        "!F1",
        says="封面 B6：20.. 年度报告应使用",
    ),
}
