"""What a vendor wrote for people or machines that is no description: pages of
documentation, the source of its own client.  The path of a request must stand
there, or its words, and so must every parameter and every field that is read;
which of them belong together it does not tell, nor is everything told there.
"""

import functools
import re
import urllib.parse

from openapi import ANYTHING

SEPARATORS = r"[^\n]{1,80}?"  # what stands where a path has a variable


class Words:
    """Is it in the text, as a word of its own?"""

    def __init__(self, text):
        self.text = text

    @functools.cache
    def __contains__(self, word):
        if word in ("true", "false"):
            return True
        return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.text))

    def __iter__(self):
        return iter(("words of the text",))


class Text:
    hosts = ()
    paths_only = by_name = False
    is_partial = True

    def __init__(self, paths, base=""):
        files = [file for path in paths for file in (path, *sorted(path.rglob("*")))
                 if file.is_file()]
        self.vocabulary = Words("\n".join(
            file.read_text("utf-8", "replace") for file in files))
        self.base = urllib.parse.urlsplit(base).path

    def operation(self, _, path):
        # A client puts its paths together: behind a base, or of single words.
        behind_base = path.removeprefix(self.base) if self.base else path
        words = [word for word in re.sub(r"\{[^{}]*\}", "", path).split("/")
                 if not re.fullmatch(r"v?[\d.-]*\w?|api", word)]
        return {} if self.has_path(path) or self.has_path(behind_base) or all(
            word in self.vocabulary for word in words) else None

    def has_path(self, path):
        parts = [re.escape(part) for part in re.split(r"\{[^{}]*\}", path.strip("/"))]
        return bool(re.search(rf"(?<![\w-]){SEPARATORS.join(parts)}(?![\w-])",
                              self.vocabulary.text))

    def parameter_names(self, _):
        return self.vocabulary

    def find(self, _, pointer, status=None):
        if status and status >= 300:
            return ANYTHING
        named = [token for token in pointer if token != "*" and not token.isdigit()]
        return [] if all(token in self.vocabulary for token in named) else None

    def words(self, _):
        return self.vocabulary

    def kinds(self, _):
        return set()
