#!/usr/bin/env python3
"""Makes bigrams.h: how likely a letter follows another in words that people
write, against chance, in eighths of a bit.

    make_bigrams.py FOLDER... > bigrams.h

Only the counts of letter pairs are kept.  The table in the repository was made
from the text files of the Linux 6.1 source (Documentation, include, lib) as
Debian packages it, each distinct word counted by the root of its frequency so
that a few common words do not decide.
"""
import collections
import math
import os
import re
import sys

ENDS = (".rst", ".txt", ".h", ".c", ".md")


def words(folders):
    counts = collections.Counter()
    for folder in folders:
        for root, _, files in os.walk(folder):
            for name in files:
                if not name.endswith(ENDS):
                    continue
                with open(os.path.join(root, name), encoding="latin-1") as f:
                    text = f.read()
                for word in re.findall(r"[A-Z]?[a-z]{3,}", text):
                    counts[word.lower()] += 1
    return counts


def main():
    pairs = collections.Counter()
    firsts = collections.Counter()
    for word, count in words(sys.argv[1:]).items():
        if count < 3:
            continue
        weight = math.sqrt(count)
        for a, b in zip(word, word[1:]):
            pairs[a, b] += weight
            firsts[a] += weight
    letters = "abcdefghijklmnopqrstuvwxyz"
    print("// Made by make_bigrams.py; see there.")
    print("#pragma once\n")
    print("#include <array>\n#include <cstdint>\n")
    print("namespace overreach {\n")
    print("// [first][second] letter: log2 of (how likely / by chance), times 8.")
    print("// clang-format off")
    print("inline constexpr std::array<std::array<std::int8_t, 26>, 26> kBigrams = {{")
    for a in letters:
        row = []
        for b in letters:
            likely = (pairs[a, b] + 0.5) / (firsts[a] + 13)
            row.append(max(-64, min(63, round(8 * math.log2(likely * 26)))))
        print("    {{" + ", ".join(map(str, row)) + "}},")
    print("}};")
    print("// clang-format on\n")
    print("}  // namespace overreach")


main()
