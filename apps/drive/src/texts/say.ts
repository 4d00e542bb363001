import { signal } from '@preact/signals'
import type { Catalogue, Counted, English, ValuesOf } from './catalogue.js'
import { type Language, localeOf } from './languages.js'

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.js')).english,
  de: async () => (await import('./de.js')).german,
  fr: async () => (await import('./fr.js')).french,
  nl: async () => (await import('./nl.js')).dutch,
}

interface Spoken {
  readonly language: Language
  /** How numbers and times are written, such as `de-AT`. */
  readonly locale: string
  readonly catalogue: Catalogue
}

const spoken = signal<Spoken | undefined>()

/** The language that is spoken now. Read inside a component, it follows changes. */
export const language = (): Language => spoken.value?.language ?? 'en'

/** How numbers and times are written now, such as `en-GB`. Read inside a component, it follows changes. */
export const locale = (): string => spoken.value?.locale ?? 'en-GB'

/** Fetches the texts of a language and speaks it from then on; throws when they cannot be fetched, and nothing changes then. */
export const speak = async (wanted: Language, tags = navigator.languages): Promise<void> => {
  const catalogue = await loaders[wanted]()
  spoken.value = { language: wanted, locale: localeOf(wanted, tags), catalogue }
  if (typeof document !== 'undefined') document.documentElement.lang = wanted
}

/** Fills the braces of a text. Numbers are written as in the locale. */
export const fill = (
  written: string,
  text: string | Counted,
  values: Readonly<Record<string, string | number>> = {},
): string => {
  const count = Number(values.count ?? 0)
  const form =
    typeof text === 'string'
      ? text
      : new Intl.PluralRules(written).select(count) === 'one'
        ? text.one
        : text.other
  return form.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? new Intl.NumberFormat(written).format(value) : (value ?? '')
  })
}

/** A key of the texts of a part. */
export type KeyOf<Part extends keyof English> = keyof English[Part] & string

/**
 * The texts of one part of the app: `const say = textsOf('account')`, then `say('title')` or `say('cards', { count: 2 })`. Inside a
 * component they follow the language.
 */
export const textsOf =
  <Part extends keyof English>(part: Part) =>
  <Key extends KeyOf<Part>>(key: Key, ...values: ValuesOf<English[Part][Key]>): string => {
    const now = spoken.value
    // NOTE: nothing is drawn before a language is there; an empty text is better than a failing page.
    if (now === undefined) return ''
    const text: string | Counted = now.catalogue[part][key]
    return fill(now.locale, text, values[0])
  }

/** Whether a part has a text of this name: for names that come from the node. Only for parts whose texts take no values. */
export const hasText = (part: 'problems', key: string): key is KeyOf<'problems'> =>
  spoken.value !== undefined && Object.hasOwn(spoken.value.catalogue[part], key)
