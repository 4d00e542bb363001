import { describe, expect, it } from 'vitest'
import { LANGUAGES } from './language.js'
import { VOCABULARY } from './vocabulary.js'

/** Every text of a language under its path; functions are given values that can be found again. */
const textsOf = (
  value: unknown,
  path: string,
): readonly (readonly [path: string, text: string, given: number])[] => {
  if (typeof value === 'string') return [[path, value, 0]]
  if (typeof value === 'function') {
    const given = Array.from({ length: value.length }, (_, index) => `«${index}»`)
    return [[path, String(value(...given)), value.length]]
  }
  return Object.entries(Object(value)).flatMap(([name, inner]) => textsOf(inner, `${path}/${name}`))
}

/** What is the same in several languages, or a sign. */
const INTERNATIONAL =
  /^\/(locale|vat|day|dayRange|units\/|conditions\/weekday|price\/once|price\/perKwh|session\/(withAmount|includedTax|total$)|tariff\/line|table\/)/

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const texts = textsOf(VOCABULARY[language], '')

  it('are all there and say every value they are given', () => {
    expect(texts.length).toBeGreaterThan(120)
    for (const [path, text, given] of texts) {
      expect([path, text]).not.toEqual([path, ''])
      expect(text).not.toMatch(/undefined|\[object| {2}|^\s|\s$/)
      // A fee has no quantity, and a full hour needs no minutes.
      const said = Array.from(
        { length: given },
        (_, index) => text.includes(`«${index}»`) || text.includes('NaN'),
      )
      if (path.endsWith('-fee')) expect([path, said[1] ?? true]).toEqual([path, true])
      else expect([path, said.every(Boolean)]).toEqual([path, true])
    }
  })

  it('are not left in English', () => {
    if (language === 'en') return
    const english = new Map(textsOf(VOCABULARY.en, '').map(([path, text]) => [path, text]))
    const same = texts.filter(([path, text]) => english.get(path) === text && !INTERNATIONAL.test(path))
    expect(same).toEqual([])
  })
})
