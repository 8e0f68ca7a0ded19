"""Anchors by the rules of browsers, text fragments, ids and what names them: a battery of defects and of traps."""

from tests.explainer.checks.battery import Broken, body, merged, page, trials
from tests.explainer.checks.projects import Changes

WORDS = "<p>The <b>treaty</b> of 1961,\n  signed in Beijing.</p><p>It is in force.</p>"

BROKEN: dict[str, Broken] = {
    "here": Broken("SIT002", body('<a href="▸#no">x</a>')),
    "elsewhere": Broken("SIT002", body('<a href="▸../#no">x</a>')),
    "by-file": Broken("SIT002", body('<a href="▸../index.html#no">x</a>')),
    "own-host": Broken("SIT002", body('<a href="▸https://allies.test.org/site/#no">x</a>')),
    "with-query": Broken("SIT002", body('<a href="▸../?a=b#no">x</a>')),
    "case": Broken("SIT002", body('<i id="mainMenu"></i><a href="▸#MainMenu">x</a>')),
    "case-after-decoding": Broken("SIT002", body('<i id="Ä"></i><a href="▸#%C3%A4">x</a>')),
    "decoded-twice": Broken("SIT002", body('<i id="a b"></i><a href="▸#a%2520b">x</a>')),
    "in-comment": Broken("SIT002", body('<!-- <i id="x"></i> --><a href="▸#x">x</a>')),
    "in-template": Broken("SIT002", body('<template><i id="x"></i></template><a href="▸#x">x</a>')),
    "in-noscript": Broken("SIT002", body('<noscript><i id="x"></i></noscript><a href="▸#x">x</a>')),
    "in-textarea": Broken("SIT002", body('<textarea><i id="x"></i></textarea><a href="▸#x">x</a>')),
    "in-script": Broken("SIT002", body('<script>\'<i id="x">\'</script><a href="▸#x">x</a>')),
    "name-on-another-element": Broken("SIT002", body('<i name="x"></i><input name="x"><a href="▸#x">x</a>')),
    "user-content-is-no-prefix-here": Broken(
        "SIT002", body('<i id="user-content-x"></i><a href="▸#x">x</a>')
    ),
    "anchor-of-number": Broken("SIT002", body('<a href="▸#25-method-not-allowed">x</a>')),
    "area": Broken("SIT002", body('<map name="m"><area href="▸#no" alt="x"></map>')),
    "two-targets-two-findings": Broken(
        "SIT002", body('<a href="▸#no">x</a> <a href="../#no">x</a>'), count=2
    ),
    "text-not-there": Broken("SIT029", body('<a href="▸../#:~:text=nowhere%20said">x</a>')),
    "text-here-not-there": Broken("SIT029", body('<a href="▸#:~:text=nowhere%20said">x</a>')),
    "text-in-part-of-a-word": Broken("SIT029", body(WORDS + '<a href="▸#:~:text=eijin">x</a>')),
    "text-end-before-start": Broken("SIT029", body(WORDS + '<a href="▸#:~:text=force,treaty">x</a>')),
    "text-wrong-prefix": Broken("SIT029", body(WORDS + '<a href="▸#:~:text=a-,treaty">x</a>')),
    "text-wrong-suffix": Broken("SIT029", body(WORDS + '<a href="▸#:~:text=treaty,-in%20force">x</a>')),
    "text-one-of-two": Broken("SIT029", body(WORDS + '<a href="▸#:~:text=treaty&amp;text=nowhere">x</a>')),
    "text-in-style-only": Broken(
        "SIT029", body('<style>.my-style{}</style><a href="▸#:~:text=my-style">x</a>')
    ),
    "text-in-script-only": Broken(
        "SIT029", body('<script>my_script</script><a href="▸#:~:text=my_script">x</a>')
    ),
    "text-in-attribute-only": Broken(
        "SIT029", body('<i title="attr said">x</i><a href="▸#:~:text=attr">x</a>')
    ),
    "text-empty": Broken("SIT029", body('<a href="▸#:~:text=">x</a>')),
    "text-after-dead-anchor": Broken("SIT002", body('<a href="▸#no:~:text=words">x</a>')),
    "id-twice": Broken("SIT005", body('<p id="x">1</p>\n<p ▸id="x">2</p>')),
    "id-twice-and-linked": Broken("SIT005", body('<p id="x">1</p>\n<p ▸id="x">2</p><a href="#x">x</a>')),
    "id-three-times-told-once": Broken("SIT005", body('<p id="x">1</p>\n<p ▸id="x">2</p><p id="x">3</p>')),
    "label": Broken("SIT025", body('<label for="▸no">x</label>')),
    "labelled-by": Broken("SIT025", body('<i aria-labelledby="a ▸no">x</i>')),
    "described-by": Broken("SIT025", body('<i aria-describedby="▸no">x</i>')),
    "controls": Broken("SIT025", body('<i aria-controls="▸no">x</i>')),
    "active": Broken("SIT025", body('<i aria-activedescendant="▸no">x</i>')),
    "in-capitals": Broken("SIT025", body('<i ARIA-LABELLEDBY="▸no">x</i>')),
    "in-mixed-letters": Broken("SIT025", body('<i aria-label="x">x</i><i Aria-DescribedBy="▸no">x</i>')),
    "output": Broken("SIT025", body('<output for="x ▸no">1</output><i id="x">x</i>')),
    "popover": Broken("SIT025", body('<button popovertarget="▸no">x</button>')),
    "popover-of-input": Broken("SIT025", body('<input type="button" popovertarget="▸no">')),
    "command": Broken("SIT025", body('<button command="show-modal" commandfor="▸no">x</button>')),
    "details": Broken("SIT025", body('<i aria-details="▸no">x</i>')),
    "flow-to": Broken("SIT025", body('<i aria-flowto="▸no">x</i>')),
    "error-message": Broken("SIT025", body('<i aria-errormessage="▸no">x</i>')),
    "table-headers": Broken("SIT025", body('<table><tr><td headers="▸no">x</td></tr></table>')),
    "list-of-input": Broken("SIT025", body('<input list="▸no">')),
    "form-of-button": Broken("SIT025", body('<button form="▸no">x</button>')),
    # htmltest: an image map that does not exist
    "image-map": Broken("SIT025", body('<img src="../img/x.svg" alt="x" usemap="#▸no">')),
    "symbol-in-file": Broken(
        "SIT028",
        body('<svg><use href="▸../img/set.svg#no"></use></svg>')
        | {"img/set.svg": "<svg xmlns='http://www.w3.org/2000/svg'><symbol id='yes'/></svg>"},
    ),
    "symbol-old-way": Broken("SIT028", body('<svg><use xlink:href="▸../img/x.svg#no"></use></svg>')),
    "paint-on-page": Broken("SIT028", body('<svg><path fill="url(▸#no)"></path></svg>')),
    "clip-path-quoted": Broken("SIT028", body("<svg><rect clip-path=\"url('▸#no')\"></rect></svg>")),
    "symbol-on-page": Broken("SIT028", body('<svg><use href="▸#no"></use></svg>')),
    "text-on-path": Broken("SIT028", body('<svg><text><textPath href="▸#no">x</textPath></text></svg>')),
    "gradient": Broken("SIT028", body('<svg><linearGradient href="▸#no"></linearGradient></svg>')),
    "gradient-old-way": Broken("SIT028", body('<svg><radialGradient xlink:href="▸#no"/></svg>')),
    "image-of-filter": Broken("SIT028", body('<svg><filter><feImage href="▸#no"/></filter></svg>')),
    "symbol-of-another-page": Broken("SIT028", body('<svg><use href="▸../index.html#no"></use></svg>')),
}

CLEAN: dict[str, Changes] = {
    "named": body(
        '<i id="x" ARIA-LABELLEDBY="x">x</i><b id="y" popover>y</b><output for="x y">1</output>'
        '<button popovertarget="y">x</button><input type="button" popovertarget="y">'
        '<input aria-activedescendant="made-when-opened" aria-expanded="false" aria-label="x">'
        '<input aria-activedescendant="" aria-label="x"><dialog id="z"></dialog>'
        '<button command="show-modal" commandfor="z">x</button>'
    ),
    "drawing": body(
        '<svg><path id="p" fill="url(#q)" stroke="none"/><text><textPath href="#p">x</textPath></text>'
        '<linearGradient id="q"></linearGradient>'
        '<linearGradient id="g"/><linearGradient href="#g"/><radialGradient xlink:href="#g"/><pattern/>'
        '<filter><feImage href="#p"/><feImage href="../img/x.svg"/></filter></svg>'
    ),
    "top": body('<a href="#">x</a> <a href="#top">x</a> <a href="#TOP">x</a> <a href="../#Top">x</a>'),
    "by-id-and-name": body('<i id="x"></i><a name="y"></a><a href="#x">x</a><a href="#y">y</a>'),
    "encoded-id-as-written": body('<i id="tangent%3A-x"></i><a href="#tangent%3A-x">x</a>'),
    "umlauts": body(
        '<i id="Upper-ÄÖö"></i><a href="#Upper-ÄÖö">x</a><a href="#Upper-%C3%84%C3%96%C3%B6">x</a>'
    ),
    "quote-in-id": body('<a id="let\'s-go" href="#let\'s-go">x</a>'),
    "entity-in-id": body('<i id="a&amp;b"></i><a href="#a&amp;b">x</a><a href="#a%26b">x</a>'),
    "itself": body('<a href="#lines-changed" id="lines-changed">x</a>'),
    "id-in-svg": body('<svg><g id="shape"></g></svg><a href="#shape">x</a>'),
    "id-in-math": body('<math><mi id="eq">x</mi></math><a href="#eq">x</a>'),
    "id-on-body": merged(
        page("b.html"),
        {
            "b.html": '<!doctype html><html lang="en" id="root"><head><title>B</title>'
            '<meta name="description" content="B."></head><body id="whole"><a href="#whole">x</a><a href="#root">x</a>'
        },
    ),
    "id-with-spaces": body('<i id="a b"></i><a href="#a b">x</a><a href="#a%20b">x</a>'),
    "on-image": body('<img src="../img/x.svg#only-light" alt="x"><a href="../img/x.svg#only-dark">x</a>'),
    "on-pdf": body('<a href="../x.pdf#page=2">x</a>') | {"x.pdf": "%PDF-1.7"},
    "on-media": body('<video src="../x.mp4#t=10"></video>') | {"x.mp4": "x"},
    "on-another-host": body('<a href="https://un.org/#no">x</a>'),
    # linkinator: what a script reads from the address is no anchor
    "route-of-a-script": body('<a href="#/route">x</a> <a href="../#!/route">x</a> <a href="#!">x</a>'),
    "empty-anchor": body('<a href="../#">x</a>'),
    "two-hashes": body('<i id="a#b"></i><a href="#a#b">x</a>'),
    "text-plain": body(WORDS + '<a href="#:~:text=treaty%20of%201961">x</a>'),
    "text-over-elements": body(WORDS + '<a href="#:~:text=signed%20in%20Beijing.">x</a>'),
    "text-range-over-blocks": body(WORDS + '<a href="#:~:text=treaty,in%20force">x</a>'),
    "text-prefix-and-suffix": body(WORDS + '<a href="#:~:text=The-,treaty,-of">x</a>'),
    "text-suffix-in-next-block": body(WORDS + '<a href="#:~:text=Beijing.,-It">x</a>'),
    "text-any-case": body(WORDS + '<a href="#:~:text=TREATY">x</a>'),
    "text-with-encoded-comma": body(WORDS + '<a href="#:~:text=1961%2C%20signed">x</a>'),
    "text-with-accents-left-out": body('<p>Café Müller</p><a href="#:~:text=cafe%20muller">x</a>'),
    "text-with-soft-hyphen": body('<p>treaty ob\u00adligation</p><a href="#:~:text=obligation">x</a>'),
    "text-in-other-script": body('<p>북한과 중국은 1961년</p><a href="#:~:text=중국">x</a>'),
    "text-over-spans": body(
        '<pre><i>timeout.limit</i><i>:</i> 1</pre><a href="#:~:text=timeout.limit%3A">x</a>'
    ),
    "text-after-anchor": body('<a href="../#first:~:text=words">x</a>'),
    "text-two": body(WORDS + '<a href="#:~:text=treaty&amp;text=force">x</a>'),
    "text-elsewhere": body('<a href="https://un.org/#:~:text=no">x</a>'),
    "text-on-a-file": body('<a href="../css/site.css#:~:text=no">x</a>'),
    "text-unknown-directive": body('<a href="#:~:selector(type=x)">x</a>'),
    "text-curly-quotes": body('<p>China’s “treaty”</p><a href="#:~:text=China’s%20“treaty”">x</a>'),
    "id-twice-in-svg": body('<svg><g id="x"/></svg><svg><g id="x"/></svg>'),
    "id-twice-in-comment": body('<i id="x"></i><!-- <i id="x"></i> -->'),
    "id-twice-in-template": body('<i id="x"></i><template><i id="x"></i></template>'),
    "id-twice-in-noscript": body('<i id="x"></i><noscript><i id="x"></i></noscript>'),
    "id-and-name": body('<a id="x" name="x"></a>'),
    "ids-of-code-lines": body('<a id="m.C--__span-0-1"></a><a id="m.C--__span-0-1"></a>'),
    "ids-by-case": body('<i id="x"></i><i id="X"></i>'),
    "id-empty": body('<i id=""></i><i id=""></i>'),
    "label-in-order": body(
        '<input id="x"><label for="x">x</label><i id="y"></i><i aria-labelledby="x y">z</i>'
    ),
    "label-for-script": body('<label for="__drawer">x</label>'),
    "controls-what-a-script-makes": body(
        '<button aria-controls="menu" aria-expanded="false">x</button> <i aria-controls="tip" aria-haspopup="true">x</i>'
    ),
    "output-for": body('<input id="x"><input id="y"><output for="x y">x</output>'),
    "image-map": body('<img src="../img/x.svg" alt="x" usemap="#m"><map name="m"></map>'),
    "symbol": body('<svg><use href="../img/set.svg#yes"></use><symbol id="own"/><use href="#own"/></svg>')
    | {"img/set.svg": "<svg xmlns='http://www.w3.org/2000/svg'><symbol id='yes'/></svg>"},
    "symbol-whole-file": body('<svg><use href="../img/x.svg"></use></svg>'),
    "gradient": body('<svg><linearGradient id="g"/><rect fill="url(#g)"/></svg>'),
}

test_a_defect_is_found_at_its_place, test_a_trap_is_left_alone = trials(BROKEN, CLEAN)
