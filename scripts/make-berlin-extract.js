/**
 * Makes data/berlin/berlin-stations.csv from the full charging register.
 * Usage: node scripts/make-berlin-extract.js REGISTER.csv [OUTPUT.csv]
 * The choice depends on the file alone; rows keep their text and order. data/berlin/README.md says how it is made.
 */
import { createReadStream, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse'

const TARGET_ROWS = 400
const SAMPLES_PER_FEATURE = 1
const SAMPLES_PER_OPERATOR = 3
const LARGE_OPERATORS = 24
const ROWS_PER_SITE = 8
const SLOTS = [1, 2, 3, 4, 5, 6]

const [, , source, target] = process.argv
if (source === undefined) {
  console.error('Usage: node scripts/make-berlin-extract.js REGISTER.csv [OUTPUT.csv]')
  process.exit(2)
}
const output = target ?? fileURLToPath(new URL('../data/berlin/berlin-stations.csv', import.meta.url))

/** The header and every record, as cells by column and as the text they were read from. */
async function readRecords() {
  const parser = createReadStream(source).pipe(parse({ delimiter: ';', bom: true, raw: true }))
  const records = []
  for await (const { record, raw } of parser) records.push({ cells: record, raw: raw.replace(/\r?\n$/, '') })
  const [header, ...rows] = records
  return { header, rows: rows.map(({ cells, raw }) => ({ cell: columnsOf(header.cells, cells), raw })) }
}

const columnsOf = (names, cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))

const decimals = (text) => (text.split(',')[1] ?? '').length
const words = (text) => text.split(/[;\n]/).map((word) => word.trim())
const shape = (text) =>
  text
    .replace(/[A-Za-z]+/g, 'A')
    .replace(/[0-9]+/g, '9')
    .replace(/(A9)+A?/g, 'A')
    .replace(/\s+/g, ' ')

/** What makes a row worth showing: wordings, powers, spellings and oddities of its cells. */
function featuresOf(cell) {
  const slots = SLOTS.filter((slot) => cell[`Steckertypen${slot}`] !== '')
  return [
    ...slots.map(
      (slot) => `plugs ${cell[`Steckertypen${slot}`]} ${words(cell[`Nennleistung Stecker${slot}`]).length}`,
    ),
    ...slots.map((slot) => `power ${cell[`Nennleistung Stecker${slot}`]}`),
    ...slots.map((slot) => `evse id ${shape(cell[`EVSE-ID${slot}`])}`),
    ...words(cell.Bezahlsysteme).map((word) => `payment ${word}`),
    `opening ${cell.Öffnungszeiten} ${cell['Öffnungszeiten: Wochentage']} ${cell['Öffnungszeiten: Tageszeiten']}`,
    `parking ${cell['Informationen zum Parkraum']}`,
    `decimals ${decimals(cell.Breitengrad)} ${decimals(cell.Längengrad)}`,
    `house number ${shape(cell.Hausnummer)}`,
    `charge points ${cell['Anzahl Ladepunkte']}`,
    `city ${cell.Ort}`,
    `address note ${shape(cell.Adresszusatz).slice(0, 12)}`,
  ]
}

/** The first rows of each feature, in the order of the file. */
function pickByFeature(rows, chosen) {
  const seen = new Map()
  for (const row of rows) {
    const rare = featuresOf(row.cell).filter((feature) => (seen.get(feature) ?? 0) < SAMPLES_PER_FEATURE)
    if (rare.length === 0) continue
    for (const feature of rare) seen.set(feature, (seen.get(feature) ?? 0) + 1)
    chosen.add(row)
  }
}

/** Rows under a key, in the order of the file. */
function groupRows(rows, keyOf) {
  const groups = new Map()
  for (const row of rows) {
    const group = groups.get(keyOf(row.cell))
    if (group) group.push(row)
    else groups.set(keyOf(row.cell), [row])
  }
  return groups
}

/** The first rows of each large operator. */
function pickByOperator(rows, chosen) {
  const groups = groupRows(rows, (cell) => cell.Betreiber.trim())
  const large = [...groups.values()].sort((a, b) => b.length - a.length).slice(0, LARGE_OPERATORS)
  for (const group of large) for (const row of group.slice(0, SAMPLES_PER_OPERATOR)) chosen.add(row)
}

/** Rows of the same operator and address as a chosen fast charger, so that sites have more than one facility. */
function pickWholeSites(rows, chosen) {
  const groups = groupRows(rows, (cell) => [cell.Betreiber, cell.Straße, cell.Hausnummer].join('|'))
  for (const group of groups.values()) {
    const wanted = group.some(
      (row) => chosen.has(row) && row.cell['Art der Ladeeinrichtung'] === 'Schnellladeeinrichtung',
    )
    if (wanted)
      for (const row of group.slice(0, ROWS_PER_SITE)) if (chosen.size < TARGET_ROWS) chosen.add(row)
  }
}

/** Rows at even distances over the file until the target is met. */
function fillUp(rows, chosen) {
  const missing = TARGET_ROWS - chosen.size
  const rest = rows.filter((row) => !chosen.has(row))
  for (let index = 0; index < missing; index += 1) {
    const row = rest[Math.floor((index * rest.length) / missing)]
    if (row !== undefined) chosen.add(row)
  }
}

const { header, rows } = await readRecords()
const chosen = new Set()
pickByFeature(rows, chosen)
pickByOperator(rows, chosen)
pickWholeSites(rows, chosen)
fillUp(rows, chosen)
const lines = [header, ...rows.filter((row) => chosen.has(row))].map(({ raw }) => `${raw}\n`)
writeFileSync(output, `\uFEFF${lines.join('').replace(/^\uFEFF/, '')}`)
console.log(`${chosen.size} of ${rows.length} facilities written to ${output}`)
