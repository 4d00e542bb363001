import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))

const run = (name: string): readonly string[] =>
  execFileSync(process.execPath, [`${folder}${name}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')

/** What each example prints; the documentation shows the same. */
const printed: Readonly<Record<string, readonly string[]>> = {
  'quote.js': [
    '14 EUR, 16.66 with VAT, charged at 2026-11-22T20:00:00Z',
    'between 13.09 and 23.8 by parking',
    'ENERGY 11 6.6',
    'ENERGY 11 4.4',
    'PARKING_TIME 0.5 3',
  ],
  'compare.js': [
    'kerb: 21.38 EUR in 11782 s',
    'fast charger: 25.28 EUR in 1384 s; 3.89 EUR more, above all for energy (+8.57)',
  ],
  'write-cdr.js': [
    '2026-11-22T18:10:00Z TIME 0.8333 ENERGY 8.5',
    '2026-11-22T19:00:00Z TIME 0.5 ENERGY 5.1',
    '2026-11-22T19:30:00Z PARKING_TIME 0.3667',
    '{"before_taxes":9.34,"taxes":[{"name":"VAT","percentage":19,"amount":1.77}]}',
    'agrees',
  ],
}

describe('the examples', () => {
  it.each(readdirSync(folder))('%s runs and prints what it should', (name) => {
    expect(run(name)).toEqual(printed[name])
  })
})
