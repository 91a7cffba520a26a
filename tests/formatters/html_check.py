#!/usr/bin/env python3
"""What a strict parser and the page's own promises say: html_check.py FILE...

Parses as the HTML standard says and takes every parse error for a failure
(html5lib).  Then: no script, no style but the one whose hash the policy names,
no attribute that acts, no link but to http(s) and to an element that is there,
identifiers once, headings without a gap.
"""

import base64
import hashlib
import pathlib
import re
import sys

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
# All that a page is made of: none of them loads or runs anything.
ELEMENTS = set("html head meta title style body header main section article "
               "footer h1 h2 h3 p a ul li dl div dt dd code pre span strong "
               "table thead tbody tr th td details summary".split())
ATTRIBUTES = set("lang charset name content http-equiv id class href rel scope "
                 "aria-labelledby".split())
POLICY = ("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; "
          "form-action 'none'")


def check_links(elements):
    ids = [e.get("id") for e in elements if e.get("id")]
    yield from (f"id {i} twice" for i in set(ids) if ids.count(i) > 1)
    for element in elements:
        named = element.get("aria-labelledby")
        if named and named not in ids:
            yield f"labelled by {named}, which is not there"
        link = element.get("href")
        if link is None:
            continue
        if link.startswith("#"):
            if link[1:] not in ids:
                yield f"link to {link}, which is not there"
        elif not re.fullmatch(r"https?://[^\s\"'<>]+", link):
            yield f"link to {link!r}"


def check_style(elements):
    styles = [e.text for e in elements if e.tag == XHTML + "style"]
    policies = [e.get("content") for e in elements
                if e.get("http-equiv") == "Content-Security-Policy"]
    if len(styles) != 1 or len(policies) != 1:
        yield f"{len(styles)} styles, {len(policies)} policies"
        return
    digest = hashlib.sha256(styles[0].encode()).digest()
    if policies[0] != POLICY.format(base64.b64encode(digest).decode()):
        yield f"policy {policies[0]}"
    if re.search(r"url\(|@import|expression", styles[0]):
        yield "the style loads something"


def check_headings(elements):
    levels = [int(e.tag[-1]) for e in elements
              if re.fullmatch(re.escape(XHTML) + "h[1-6]", str(e.tag))]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"headings {levels[:3]}..."
    for before, after in zip(levels, levels[1:]):
        if after > before + 1:
            yield f"heading {after} below {before}"


def problems_of(page):
    try:
        tree = html5lib.HTMLParser(strict=True).parse(page,
                                                      transport_encoding="utf-8")
    except html5lib.html5parser.ParseError as error:
        yield f"not well-formed: {error}"
        return
    elements = [e for e in tree.iter()]
    for element in elements:
        name = str(element.tag).removeprefix(XHTML)
        if name not in ELEMENTS:
            yield f"element {name}"
        yield from (f"attribute {a} of {name}" for a in element.attrib
                    if a not in ATTRIBUTES)
    text = "".join(tree.itertext())
    yield from (f"control {c!r}" for c in sorted(set(re.findall(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e"
        "\u2060-\u206f\ufeff\ufffd]", text))))
    yield from check_links(elements)
    yield from check_style(elements)
    yield from check_headings(elements)


# What has to be found in a good page that was made worse.
SPOILED = (
    (b"</h1>", b"</h1></b>", "well-formed"),
    (b"</h1>", b"</h1><script></script>", "element script"),
    (b"<h1>", b'<h1 onclick="x">', "attribute onclick"),
    (b"<h1>", b'<h1 id="state"><a href="javascript:x">a</a>', "javascript"),
    (b"<h1>", b'<h1><a href="#nowhere">a</a>', "nowhere"),
    (b"<h1>", b'<h1 id="a"><span id="a"></span>', "twice"),
    (b"<style>", b"<style>/**/", "policy"),
    (b"<h1>", "<h1>\u202e".encode(), "control"),
    (b"<h1>", b"<h1>\xff", "control"),
    (b"<h2", b"<h3>a</h3><h2", "below"),
)


def main():
    failures = []
    for name in sys.argv[1:]:
        page = pathlib.Path(name).read_bytes()
        failures += [f"{name}: {p}" for p in dict.fromkeys(problems_of(page))]
        for old, new, word in SPOILED if b"<h2" in page else ():
            worse = page.replace(old, new, 1)
            if not any(word in p for p in problems_of(worse)):
                failures.append(f"{name}: {new!r} was not noticed")
    print("\n".join(failures) or f"{len(sys.argv) - 1} pages are good")
    return 1 if failures or len(sys.argv) == 1 else 0


if __name__ == "__main__":
    sys.exit(main())
