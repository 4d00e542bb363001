/** Languages that prices and tariffs are put into words in. */
export const LANGUAGES = ['en', 'de', 'fr', 'nl'] as const

/** A language, by its code of ISO 639-1. */
export type Language = (typeof LANGUAGES)[number]

/** The language of a tag such as `de-AT`; undefined when there are no texts in it. */
export const languageOf = (tag: string): Language | undefined => {
  const [code = ''] = tag.toLowerCase().split(/[-_]/)
  return LANGUAGES.find((language) => language === code)
}
