import type { Card, Driver } from '../../api/drivers.js'
import type { Tone } from '../../parts/values.js'

/** What a driver is called. */
export const shownName = ({ name, is_demo }: Pick<Driver, 'name' | 'is_demo'>): string =>
  is_demo ? `${name} (test driver)` : name

const LANGUAGES: Readonly<Record<string, string>> = { de: 'German', en: 'English', fr: 'French', nl: 'Dutch' }

/** The English name of a language of drivers. */
export const languageOf = (code: string): string => LANGUAGES[code] ?? code

/** Colours of the states of cards. */
export const cardTones: Readonly<Record<Card['state'], Tone>> = {
  active: 'good',
  blocked: 'warn',
  withdrawn: 'bad',
}

/** What each state of a card means. */
export const cardWords: Readonly<Record<Card['state'], string>> = {
  active: 'active',
  blocked: 'blocked by the driver',
  withdrawn: 'withdrawn by you',
}
