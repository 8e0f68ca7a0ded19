"""What a page says of itself, and what is left over in its text: a battery of defects and of traps."""

from pathlib import Path

from tests.explainer.checks.battery import FIRST, A, Broken, body, found_in, head, merged, page, trials
from tests.explainer.checks.projects import Changes, html

BROKEN: dict[str, Broken] = {
    "no-alternative-text": Broken("SIT016", body('<img src="▸../img/x.svg">')),
    "no-alternative-text-in-picture": Broken("SIT016", body('<picture><img src="▸../img/x.svg"></picture>')),
    "no-alternative-text-with-title": Broken("SIT016", body('<img src="▸../img/x.svg" title="x">')),
    "no-alternative-text-of-set": Broken(
        "SIT016", body('<img srcset="▸../img/x.svg 1x" src="../img/x.svg">')
    ),
    "no-alternative-text-of-input": Broken("SIT016", body('<input type="image" src="▸../img/x.svg">')),
    "no-alternative-text-of-area": Broken("SIT016", body('<map name="m"><area href="▸../"></map>')),
    "no-alternative-text-only-content-of-link": Broken(
        "SIT016", body('<a href="../"><img src="▸../img/x.svg"></a>')
    ),
    "no-language": Broken("SIT017", {A: [(' lang="en"', "")]}, A),
    "empty-language": Broken("SIT017", {A: [('lang="en"', 'lang=" "')]}, A),
    "unknown-language": Broken("SIT017", {A: [('lang="en"', 'lang="english"')]}, A),
    "no-title": Broken("SIT018", {A: [("<title>A</title>", "")]}, A),
    "empty-title": Broken("SIT018", {A: [("<title>A</title>", "<title> &nbsp;\n</title>")]}, A),
    "title-of-a-drawing-only": Broken(
        "SIT018", merged({A: [("<title>A</title>", "")]}, body("<svg><title>x</title></svg>")), A
    ),
    "no-description": Broken("SIT019", {A: [('<meta name="description" content="About A.">', "")]}, A),
    "empty-description": Broken("SIT019", {A: [('content="About A."', 'content="  "')]}, A),
    "title-twice": Broken("SIT020", {A: [("<title>A<", "<title>First<")]}),
    "title-twice-by-spaces": Broken("SIT020", {A: [("<title>A<", "<title> First\n<")]}),
    "citation": Broken("SIT022", body("<p>It did ▸[@prc-1961-treaty].</p>")),
    "citation-with-locator": Broken("SIT022", body("<p>It did ▸[@prc-1961-treaty, art. 2; @b].</p>")),
    "citation-without-author": Broken("SIT022", body("<p>It did ▸[-@prc-1961-treaty].</p>")),
    "citation-in-heading": Broken("SIT022", body("<h2>It did ▸[@prc-1961-treaty]</h2>")),
    "footnote": Broken("SIT022", body("<p>It did.▸[^1]</p>")),
    "footnote-definition": Broken("SIT022", body("<p>▸[^1]: The text.</p>")),
    "template": Broken("SIT022", body("<p>▸{{ page.title }}</p>")),
    "template-tag": Broken("SIT022", body("<p>▸{% for a in b %}</p>")),
    "template-comment": Broken("SIT022", body("<p>▸{# a note #}</p>")),
    "template-in-title": Broken("SIT022", {A: [("<title>A<", "<title>▸{{ title }}<")]}),
    "template-in-description": Broken(
        "SIT022", {A: [('content="About A."', 'content="▸{{ page.meta.description }}"')]}
    ),
    "template-in-alternative-text": Broken("SIT022", body('<img src="../img/x.svg" alt="▸{{ alt }}">')),
    "directive": Broken("SIT022", body("<p>\n▸::: verdict china\n</p>")),
    "attributes": Broken("SIT022", body("<h2>Treaty ▸{#treaty}</h2>")),
    "attributes-class": Broken("SIT022", body("<p>Read this.▸{: .note }</p>")),
}

CLEAN: dict[str, Changes] = {
    "empty-alternative-text": body('<img src="../img/x.svg" alt=""> <img src="../img/x.svg" alt>'),
    "named-otherwise": body(
        '<img src="../img/x.svg" aria-label="x"> <i id="l">x</i><img src="../img/x.svg" aria-labelledby="l">'
    ),
    "hidden": body(
        '<img src="../img/x.svg" aria-hidden="true"> <div hidden><img src="../img/x.svg" alt=""></div>'
    ),
    "area-without-link": body('<map name="m"><area nohref><area shape="default"></map>'),
    "languages": {A: [('lang="en"', 'lang="zh-Hant-TW"')], FIRST: [('lang="en"', 'xml:lang="en" lang="EN"')]},
    "title-in-drawing-too": body("<svg><title>{x}</title></svg>"),
    "title-twice-but-noindex": {"b.html": html("First", "x", '<meta name="robots" content="noindex">')},
    "title-of-further-pages": merged(
        page("page/2/index.html", title="List"), page("page/3/index.html", title="List")
    ),
    "description-by-property": {
        A: [('<meta name="description" content="About A.">', '<META NAME="Description" CONTENT="About A.">')]
    },
    "code": body(
        "<code>[@x]</code> <pre>[^1]\n{{ x }}</pre> <kbd>{% x %}</kbd> <samp>::: x</samp> <var>{{ x }}</var>"
    ),
    "code-in-script": body(
        "<script>var x = '{{ y }} [@z] [^1]'</script><style>a::after { content: '{{' }</style>"
    ),
    "comment": body("<!-- {{ x }} [@y] -->"),
    "text-area": body("<textarea>{{ x }} [@y]</textarea>"),
    "template-element": body("<template>{{ x }}</template>"),
    "hidden-data": body('<i data-x="{{ x }}">x</i>'),
    "template-of-another-language": body(
        "<p>the default is '{{.app.url}}', a link</p> <p>“{{ x }}” prints x</p>"
    ),
    "address-of-person": body("<p>write to [x@un.org] or @un_news, [a] @b</p>"),
    "brackets": body("<p>[1] [sic] [^] [@] [@ x] {x} {{}} % { # } ::: :: a[^b]c</p>"),
    "formula": body("<p>\\[x^{2}\\] \\({a}_{{b}}\\) $e^{{x}}$</p>"),
    "formula-in-class": body('<div class="arithmatex">\\[ {{ a }} \\]</div>'),
    "smiley": body("<p>:::</p><p>a ::: b</p>"),
    "regular-expression": body("<p>a set like <code>[^abc]</code></p>"),
    "part-of-a-page": {"part.html": "<p>a part</p>"},
    "error-page": {
        "404.html": [(' lang="en"', ' lang="en"'), ("<title>Not found</title>", "<title>First</title>")]
    },
    "frameset-of-nothing": body("<dl><dt>x</dt></dl>"),
}

test_a_defect_is_found_at_its_place, test_a_trap_is_left_alone = trials(BROKEN, CLEAN)


def test_one_title_on_many_pages_is_one_finding(tmp_path: Path) -> None:
    pages = merged(*(page(f"r/{number}.html", title="Report") for number in range(8)))
    findings = found_in(tmp_path, pages)
    assert [item.rule for item in findings] == ["SIT020"]
    assert "8 pages" in findings[0].message


def test_images_without_text_on_one_page_are_one_finding(tmp_path: Path) -> None:
    findings = found_in(
        tmp_path, head("") | body(" ".join(f'<img src="../img/x.svg?{number}">' for number in range(30)))
    )
    assert [item.rule for item in findings] == ["SIT016"]
