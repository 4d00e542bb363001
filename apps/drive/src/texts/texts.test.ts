import { describe, expect, it } from 'vitest'
import type { Counted } from './catalogue.js'
import { german } from './de.js'
import { english } from './en.js'
import { french } from './fr.js'
import { dutch } from './nl.js'

const others = { de: german, fr: french, nl: dutch } as const
type Texts = Readonly<Record<string, Readonly<Record<string, string | Counted>>>>

const textsOf = (catalogue: Texts): ReadonlyMap<string, string | Counted> =>
  new Map(
    Object.entries(catalogue).flatMap(([part, texts]) =>
      Object.entries(texts).map(([key, text]) => [`${part}.${key}`, text] as const),
    ),
  )

const forms = (text: string | Counted | undefined): readonly string[] =>
  text === undefined ? [] : typeof text === 'string' ? [text] : [text.one, text.other]

const names = (text: string | Counted | undefined): readonly string[] =>
  [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort()

/** Words that are the same in a language and in English. Names of products and plugs are in `NAME`. */
const SAME: Readonly<Record<keyof typeof others, readonly string[]>> = {
  de: [
    'about.version',
    'account.name',
    'account.passkeys',
    'account.passkey_default',
    'stations.station',
    'stations.source_general_fossil',
    'vehicles.name',
  ],
  fr: [
    'about.version',
    'account.card_active',
    'charging.documents',
    'charging.minutes',
    'charging.total',
    'stations.sort_distance',
    'stations.facility_restaurant',
    'stations.facility_cafe',
    'stations.facility_nature',
  ],
  nl: [
    'account.title',
    'account.contract',
    'account.passkeys',
    'account.passkey_default',
    'charging.meter',
    'charging.per_kwh',
    'frame.account',
    'report.state_open',
    'stations.title',
    'stations.station',
    'stations.filters',
    'stations.filters_set',
    'stations.facility_hotel',
    'stations.facility_restaurant',
    'stations.facility_cafe',
    'stations.facility_museum',
    'stations.source_gas',
    'stations.source_wind',
    'stations.source_water',
    'vehicles.model',
  ],
}
const NAME = /^(frame\.app_name|vehicles\.plug_.*|stations\.(per_kwh|plug_and_charge|plug_type))$/

const given = textsOf(english)

describe.each([
  ['de', german, SAME.de],
  ['fr', french, SAME.fr],
  ['nl', dutch, SAME.nl],
] as const)('the texts in %s', (_language, catalogue, words) => {
  const texts = textsOf(catalogue)

  it('take the same values as the English ones', () => {
    const wrong = [...given].filter(([key, text]) => String(names(text)) !== String(names(texts.get(key))))
    expect(wrong.map(([key]) => key)).toEqual([])
  })

  it('say something everywhere', () => {
    const empty = [...texts].filter(([, text]) => forms(text).some((form) => form.trim() === ''))
    expect(empty).toEqual([])
    expect(texts.size).toBe(given.size)
  })

  it('are not left in English', () => {
    const same = [...given].filter(
      ([key, text]) =>
        /[a-z]{3}/.test(forms(text).join('')) &&
        String(forms(text)) === String(forms(texts.get(key))) &&
        !NAME.test(key) &&
        !words.includes(key),
    )
    expect(same.map(([key, text]) => `${key}: ${forms(text).join(' / ')}`)).toEqual([])
  })
})

it('writes apostrophes as apostrophes, in every language', () => {
  const all = [english, ...Object.values(others)].flatMap((catalogue) => [...textsOf(catalogue)])
  expect(
    all.filter(([, text]) => forms(text).some((form) => form.includes("'"))).map(([key]) => key),
  ).toEqual([])
})
