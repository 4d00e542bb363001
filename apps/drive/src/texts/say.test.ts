import { describe, expect, it } from 'vitest'
import { bestLanguage, languageOf, localeOf } from './languages.js'
import { fill, language, locale, speak, textsOf } from './say.js'

const say = textsOf('frame')

describe('what the app says', () => {
  it('says nothing before a language is there', () => {
    expect(say('save')).toBe('')
  })

  it('is in the language that is spoken', async () => {
    await speak('de', ['de-AT', 'en'])
    expect([language(), locale(), say('save')]).toEqual(['de', 'de-AT', 'Speichern'])
    await speak('fr', [])
    expect([language(), locale(), say('save')]).toEqual(['fr', 'fr', 'Enregistrer'])
  })

  it('carries its values, numbers as they are written in the language', async () => {
    await speak('de', [])
    expect(say('demo_notice', { speed: 1000 })).toContain('1.000-mal')
    expect(say('last_known', { ago: 'vor 2 Minuten' })).toBe('Letzter bekannter Stand, vor 2 Minuten')
  })

  it('counts as the language does', () => {
    const text = { one: '{count} station', other: '{count} stations' }
    expect([0, 1, 2].map((count) => fill('en', text, { count }))).toEqual([
      '0 stations',
      '1 station',
      '2 stations',
    ])
    expect(fill('fr', { one: '{count} borne', other: '{count} bornes' }, { count: 0 })).toBe('0 borne')
  })
})

describe('the language of somebody', () => {
  it('is the first of theirs that the app speaks', () => {
    expect(bestLanguage(['it', 'de-CH', 'fr'])).toBe('de')
    expect(bestLanguage(['it', 'pl'])).toBe('en')
    expect(languageOf('nl-BE')).toBe('nl')
    expect(languageOf('')).toBeUndefined()
  })

  it('is written as in their region', () => {
    expect(localeOf('en', ['de-DE', 'en-IE'])).toBe('en-IE')
    expect(localeOf('en', ['de-DE'])).toBe('en-GB')
    expect(localeOf('nl', ['nl'])).toBe('nl')
  })
})
