// The style of the HTML page.  The page allows it by the hash of these bytes.
#pragma once

#include <string_view>

namespace overreach {

inline constexpr std::string_view kHtmlStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --card: #ffffff; --ink: #1b1a18; --dim: #5d5952;
  --line: #e2dfd8; --code: #f1efea; --link: #0b57a4;
  --critical: #a80f2e; --high: #974300; --medium: #6f5800; --low: #35597d;
  --good: #1d6b3a; --alarm: #a80f2e; --warn: #974300;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo,
    Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131211; --card: #1c1b19; --ink: #eceae5; --dim: #aba69c;
    --line: #35322e; --code: #292724; --link: #86bdf5;
    --critical: #ff8c9f; --high: #ffad66; --medium: #e3c552; --low: #93bde6;
    --good: #7fd19b; --alarm: #b8193a; --warn: #a34b06;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 66rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
    "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, dl, dd { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; font-weight: 650; letter-spacing: -.015em; }
h2 { font-size: 1.2rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h3 { font-size: 1.05rem; line-height: 1.4; font-weight: 650; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: .88em; }
code { unicode-bidi: isolate; background: var(--code); padding: .1em .35em; border-radius: 4px; }
.place { font-weight: 600; }
.notes, .below, .hidden { color: var(--dim); }
.name { unicode-bidi: isolate; }
.production { font-weight: 650; }
strong { font-weight: 650; }
strong.critical { color: var(--critical); }
strong.high { color: var(--high); }
strong.medium { color: var(--medium); }
strong.low { color: var(--low); }
.good { color: var(--good); font-weight: 600; }
ul { padding: 0; list-style: none; }
li + li { margin-top: .3rem; }

.top { margin-bottom: 1.5rem; }
.brand { color: var(--dim); font-size: .88rem; margin-bottom: .35rem; }
.top .below { margin-top: .35rem; }

.badge {
  display: inline-block; padding: .1em .55em; border: 1.5px solid currentColor;
  border-radius: 4px; font-size: .72rem; line-height: 1.5; font-weight: 700;
  letter-spacing: .06em; text-transform: uppercase; white-space: nowrap;
  vertical-align: .12em;
}
.badge.critical { background: var(--alarm); border-color: var(--alarm); color: #ffffff; }
.badge.high { background: var(--warn); border-color: var(--warn); color: #ffffff; }
.badge.medium { color: var(--medium); }
.badge.low { color: var(--low); }

.banner { border-radius: 10px; padding: 1rem 1.25rem; margin-bottom: 1.5rem; border: 2px solid; }
.banner p { margin-top: .25rem; }
.incomplete { border-color: var(--alarm); background: var(--alarm); color: #ffffff; }
.incomplete a { color: inherit; font-weight: 650; }
.incomplete :focus-visible { outline-color: currentColor; }
.clean { border-color: var(--good); background: var(--card); }
.clean h2 { color: var(--good); }

.worst, .counts, .card, .finding {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1.25rem 1.5rem; margin-bottom: 1.25rem;
}
.worst { border-top: 5px solid var(--low); padding-bottom: 1.4rem; }
.worst.critical { border-top-color: var(--alarm); }
.worst.high { border-top-color: var(--warn); }
.worst.medium { border-top-color: var(--medium); }
.worst h2 { font-size: 1.45rem; margin-top: .4rem; }
.worst h2 a, .counts th a { color: inherit; text-decoration: none; }
.worst h2 a:hover { text-decoration: underline; }
.eyebrow { color: var(--dim); font-size: .88rem; }
.lead { margin-top: .5rem; max-width: 46rem; }
.worst dl { margin-top: 1.1rem; }

dl > div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0 1rem; padding: .4rem 0; }
dl > div + div { border-top: 1px solid var(--line); }
dt { color: var(--dim); font-size: .9rem; line-height: 1.72; }
dd { max-width: 50rem; }

table { border-collapse: collapse; margin-top: .5rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem 0 .3rem 2rem; text-align: right; overflow-wrap: normal; }
th:first-child { padding-left: 0; text-align: left; }
th { color: var(--dim); font-size: .9rem; font-weight: 400; }
tbody tr { border-top: 1px solid var(--line); }
td { font-weight: 650; font-size: 1.05rem; }
td.none { color: var(--dim); font-weight: 400; }
td.critical { color: var(--critical); }
td.high { color: var(--high); }
td.medium { color: var(--medium); }
td.low { color: var(--low); }
.hidden { margin-top: .8rem; font-size: .92rem; }
main > .hidden { margin: 0 0 1.25rem; }

#findings > h2 { margin: 2rem 0 .8rem; }
.finding { border-left: 5px solid var(--low); scroll-margin-top: 1rem; }
.finding.critical { border-left-color: var(--alarm); }
.finding.high { border-left-color: var(--warn); }
.finding.medium { border-left-color: var(--medium); }
.finding:target { outline: 3px solid var(--link); outline-offset: 2px; }
.finding .below { font-size: .92rem; margin-top: .15rem; }
.finding dl { margin-top: .6rem; }
.card > dl, .card > ul { margin-top: .5rem; }
.card h3 { margin-top: .8rem; }
.card h3 + ul { margin-top: .3rem; }
.unread { border-left: 5px solid var(--alarm); }
details { margin-top: .35rem; }
summary { color: var(--link); cursor: pointer; width: fit-content; }
details > ul { margin-top: .3rem; }
details > p { color: var(--dim); margin-top: .3rem; }
pre { margin: .6rem 0 0; white-space: pre-wrap; }
pre span { display: block; min-height: 1.55em; }

footer { color: var(--dim); font-size: .92rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1.25rem; }
footer h2 { font-size: 1rem; margin-bottom: .3rem; }
footer dl > div + div { border-top: 0; }
footer dl > div { padding: .1rem 0; }

@media (max-width: 40rem) {
  body { padding: 1.1rem .8rem 2.5rem; }
  h1 { font-size: 1.3rem; }
  .worst, .counts, .card, .finding, .banner { padding: .9rem 1rem; }
  .worst h2 { font-size: 1.25rem; }
  dl > div { grid-template-columns: minmax(0, 1fr); padding: .5rem 0; }
  dt { font-size: .84rem; line-height: 1.4; }
  footer dl > div { padding: .25rem 0; }
  table { width: 100%; }
  th, td { padding-left: .6rem; }
}
@media print {
  :root {
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --dim: #444444;
    --line: #bbbbbb; --code: #ffffff; --link: #0b3d73;
    --critical: #a80f2e; --high: #974300; --medium: #6f5800; --low: #35597d;
  --good: #1d6b3a; --alarm: #a80f2e; --warn: #974300; color-scheme: light;
  }
  html { font-size: 10pt; }
  body { padding: 0; max-width: none; }
  .badge, .incomplete { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  code { padding: 0; }
  .finding, .worst, .counts { break-inside: avoid; padding: .6rem .9rem; }
  h2, h3, header { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
)css";

}  // namespace overreach
