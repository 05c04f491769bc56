#!/usr/bin/env bash
# Plots the first table of benches/README.md as an SVG: for each row with a ratio, a bar of the instructions beside those of
# the floor, or of the same by hand, which is the line at 1.
#
#     benches/plot.sh > docs/src/performance.svg
set -euo pipefail
cd "$(dirname "$0")"

LC_ALL=C awk -F ' *[|] *' '
    /^[|] instructions/ { is_table = !seen++ }
    !/^[|]/ { is_table = 0 }
    is_table && $6 ~ /^[0-9.]+$/ {
        name = $2
        gsub(/`/, "", name)
        gsub(/&/, "\\&amp;", name)
        names[++count] = name
        ratios[count] = $6
    }
    END {
        if (!count) { print "no row has a ratio" > "/dev/stderr"; exit 1 }
        left = 520; unit = 120; row = 26; bottom = 40 + count * row
        printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" ", left + 3 * unit, bottom + 20
        print "font-family=\"sans-serif\" font-size=\"13\" fill=\"#888\">"
        print "<title>Instructions, relative to the same work by hand</title>"
        for (i = 1; i <= count; i++) {
            y = 30 + (i - 1) * row
            printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", left - 10, y + 14, names[i]
            color = ratios[i] <= 1 ? "#2a9d8f" : "#e9a13b"
            printf "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>\n", left, y, ratios[i] * unit, row - 8, color
            printf "<text x=\"%.0f\" y=\"%d\">%s</text>\n", left + ratios[i] * unit + 6, y + 14, ratios[i]
        }
        printf "<path d=\"M%d 24V%d\" stroke=\"#888\" stroke-dasharray=\"3\"/>\n", left + unit, bottom
        printf "<text x=\"%d\" y=\"16\" text-anchor=\"middle\">by hand, or the floor</text>\n</svg>\n", left + unit
    }
' README.md
