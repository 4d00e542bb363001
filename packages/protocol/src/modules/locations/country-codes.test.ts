import { expect, it } from 'vitest'
import { parseDocument } from '../../validation/index.js'
import { countryAlpha3 } from './country-codes.js'
import { Location } from './v211.js'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))

it('every country has one code of three letters, and nothing else has one', () => {
  const codes = PAIRS.flatMap((pair) => countryAlpha3(pair) ?? [])
  expect(codes).toHaveLength(249)
  expect(new Set(codes).size).toBe(249)
  expect(['BE', 'de', 'CH', 'AT', 'XK', 'B', 'BEL', ''].map(countryAlpha3)).toEqual([
    'BEL',
    'DEU',
    'CHE',
    'AUT',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

it('knows the countries that people know by these letters', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  for (const pair of PAIRS.filter(countryAlpha3)) expect(names.of(pair), pair).not.toBe(pair)
})

it('a location of 2.1.1 that names its country by two letters is read; one that names none is refused (LOC-110)', () => {
  const read = (country: string) =>
    parseDocument(Location, { country }, 'patch').findings.map(({ severity, rule }) => `${severity} ${rule}`)
  expect(read('BEL')).toEqual([])
  expect(read('be')).toEqual(['warning LOC-110'])
  expect(read('XX')).toEqual(['error LOC-110'])
  expect(parseDocument(Location, { country: 'BE' }, 'patch')).toMatchObject({ value: { country: 'BEL' } })
})
