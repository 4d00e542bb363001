import { bestLanguage, type Language, languageOf } from './languages.js'

const KEY = 'interwatt-drive-language'

/** The language to begin with: what was chosen on this device, else the best of the browser. */
export const rememberedLanguage = (): Language =>
  languageOf(localStorage.getItem(KEY) ?? '') ?? bestLanguage(navigator.languages)

/** Remembers a language on this device, for times before somebody is signed in. */
export const rememberLanguage = (language: Language): void => localStorage.setItem(KEY, language)
