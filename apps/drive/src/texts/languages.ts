/** Languages the app speaks. */
export const languages = ['en', 'de', 'fr', 'nl'] as const
/** One of them. */
export type Language = (typeof languages)[number]

/** Languages by what their speakers call them. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  nl: 'Nederlands',
}

/** The language a text names, such as `de` or `de-AT`; undefined where the app does not speak it. */
export const languageOf = (tag: string): Language | undefined =>
  languages.find((language) => tag.toLowerCase().split('-')[0] === language)

/** The first of somebody's languages, best first, that the app speaks; English where it speaks none. */
export const bestLanguage = (tags: readonly string[]): Language =>
  tags.map(languageOf).find((language) => language !== undefined) ?? 'en'

/**
 * How numbers, days and times of a language are written for somebody: as in the region they prefer, else as most do in Europe. `tags` are
 * the languages of the browser, best first.
 */
export const localeOf = (language: Language, tags: readonly string[]): string =>
  tags.find((tag) => languageOf(tag) === language && tag.includes('-')) ??
  (language === 'en' ? 'en-GB' : language)
