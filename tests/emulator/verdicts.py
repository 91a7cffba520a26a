"""The table of verdicts, fixtures/verdicts.md: what the program said of every
case.  cases.py writes it (--write) and finds out when it is old."""
import pathlib
import re

TABLE = pathlib.Path(__file__).resolve().parents[2] / "fixtures/verdicts.md"
MOST_OPERATIONS = 4
HEAD = """# Verdicts

What `overreach check` says of each case: a credential of a kind, with what its
provider answers in [its folder](replies), as the provider's documentation shows the answers.
Generated: `python3 tests/emulator/cases.py build/release/overreach --write`; the tests
`providers/*` fail when it is old. Every request of every case is checked to be one
that only reads.
"""
COLUMNS = ["case", "kind", "live", "reach", "evidence", "operations", "requests"]


def cell(value):
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|")


def row(path, case, report, requests):
    credential = report["credentials"][0]
    reach = credential["reach"]
    names = [f"`{power['operation']}`" for power in reach["powers"]]
    if len(names) > MOST_OPERATIONS:
        names[MOST_OPERATIONS:] = [f"{len(names) - MOST_OPERATIONS} more"]
    level = reach["level"]
    if credential["environment"]["class"] != "unknown":
        level += f" ({credential['environment']['class']})"
    cells = [f"[{cell(case.get('about', path.stem))}]"
             f"(replies/{path.parent.name}/{path.name})",
             credential["rule"], credential["live"], level, reach["evidence"],
             ", ".join(names), requests]
    return "| " + " | ".join(cell(each) for each in cells) + " |"


def section(provider, rows):
    return "\n".join([f"## {provider}", "", "| " + " | ".join(COLUMNS) + " |",
                      "|" + "---|" * len(COLUMNS), *rows, ""])


def read_sections():
    """{provider: its section}"""
    if not TABLE.exists():
        return {}
    parts = re.split(r"^(?=## )", TABLE.read_text(encoding="utf-8"), flags=re.M)
    return {part.split("\n", 1)[0].removeprefix("## "): part.rstrip("\n") + "\n"
            for part in parts[1:]}


def write(sections, cases, requests):
    count = (f"\n{cases} cases of {len(sections)} providers, {requests} requests, "
             "none of which can change anything.\n")
    parts = [HEAD + count] + [sections[name] for name in sorted(sections)]
    TABLE.write_text("\n".join(parts), encoding="utf-8")
