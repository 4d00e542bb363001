import { signal } from '@preact/signals'
import type { Catalogue, Counted, English, ValuesOf } from './catalogue.js'
import type { Language } from './languages.js'

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.js')).english,
  de: async () => (await import('./de.js')).german,
  fr: async () => (await import('./fr.js')).french,
  nl: async () => (await import('./nl.js')).dutch,
}

const spoken = signal<{ readonly language: Language; readonly catalogue: Catalogue } | undefined>()

/** The language that is spoken now. Read inside a component, it follows changes. */
export const language = (): Language => spoken.value?.language ?? 'en'

/** Fetches the texts of a language and speaks it from then on; throws when they cannot be fetched, and nothing changes then. */
export const speak = async (wanted: Language): Promise<void> => {
  const catalogue = await loaders[wanted]()
  spoken.value = { language: wanted, catalogue }
  if (typeof document !== 'undefined') document.documentElement.lang = wanted
}

/** Fills the braces of a text. Numbers are written as the language writes them. */
export const fill = (
  spokenLanguage: Language,
  text: string | Counted,
  values: Readonly<Record<string, string | number>> = {},
): string => {
  const count = Number(values.count ?? 0)
  const form =
    typeof text === 'string'
      ? text
      : new Intl.PluralRules(spokenLanguage).select(count) === 'one'
        ? text.one
        : text.other
  return form.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? new Intl.NumberFormat(spokenLanguage).format(value) : (value ?? '')
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
    return fill(now.language, text, values[0])
  }
