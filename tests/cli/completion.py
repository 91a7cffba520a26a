#!/usr/bin/env python3
"""Types into a real zsh on a terminal of its own and prints what comes of it.

    completion.py SCRIPT_OF_OVERREACH < LINES

Each line is typed, completed with TAB and printed as it then stands.
"""
import os
import pty
import sys

PROMPT = b"ready$"
MARK = b"=>"


def read_until(terminal, text):
    seen = b""
    while text not in seen:
        seen += os.read(terminal, 4096)
    return seen


def main():
    lines = sys.stdin.read().splitlines()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="dumb", PS1="")
        os.execvp("zsh", ["zsh", "-f", "-i"])
    setup = (
        "unsetopt zle_bracketed_paste prompt_cr prompt_sp; stty cols 500; "
        "autoload -U compinit; compinit -u -D; source %s; "
        # Leaves the line with a mark before it instead of running it.
        "show() { print -r -- \"=\"\">$BUFFER|\"; BUFFER= }; zle -N show; "
        "bindkey '^X' show; PS1=ready\"$\"\n" % sys.argv[1])
    os.write(terminal, setup.encode())
    read_until(terminal, PROMPT)
    for line in lines:
        os.write(terminal, line.encode() + b"\t\x18")
        seen = read_until(terminal, b"|")
        print(seen[seen.rindex(MARK) + len(MARK):seen.rindex(b"|")].decode())
    os.write(terminal, b"exit\n")
    os.waitpid(process, 0)


if __name__ == "__main__":
    main()
