/**
 * Writes docs/losses.md from the lenses: what a crossing between two versions can cost each object.
 * Usage, after `npm run build`: node scripts/write-losses.js [--print]
 */
import { writeFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { lossTable } from '../packages/protocol/dist/index.js'

const page = fileURLToPath(new URL('../docs/losses.md', import.meta.url))

const INTRODUCTION = `# What a crossing can cost

Objects are stored in the shape of the newest version. A partner of an older version gets them through lenses, and what it sends comes
up through the same lenses. These are all the places where that is not one to one, as the lenses declare them: \`npx interwatt convert\`
and \`GET /api/v1/…?partner=ID&losses=true\` say which of them a certain document meets.

An object given back to a partner of the version it came in is exactly what was sent: what the stored shape cannot hold is kept beside
it. \`*\` stands for any item of a list; *(whole object)* means that the object is withheld, because it would say something else.

This page is written by \`node scripts/write-losses.js\`; a test compares it with the lenses.
`

const groupBy = (rows, nameOf) => {
  const groups = new Map()
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row])
  return [...groups]
}

const unique = (rows) => [...new Map(rows.map((row) => [`${row.pointer} ${row.reason}`, row])).values()]

const line = ({ pointer, reason }) =>
  `| ${pointer === '' ? '*(whole object)*' : `\`${pointer}\``} | ${reason} |`

const section = ([document, rows]) =>
  [`### ${document}`, '', '| Field | What happens |', '|---|---|', ...unique(rows).map(line), ''].join('\n')

const chapter = ([crossing, rows]) =>
  [`## ${crossing}`, '', ...groupBy(rows, ({ document }) => document).map(section)].join('\n')

const lossesPage = () => {
  const chapters = groupBy(lossTable(), ({ from, to }) => `From ${from} to ${to}`)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(chapter)
  return `${[INTRODUCTION, ...chapters].join('\n').trimEnd()}\n`
}

if (argv.includes('--print')) stdout.write(lossesPage())
else writeFileSync(page, lossesPage())
