import { LANGUAGES, type Language } from '@interwatt/pricing'
import { type Remedy, START_CODES, type StartCode } from './start-codes.js'
import { wordsDe } from './words-de.js'
import { wordsEn } from './words-en.js'
import { wordsFr } from './words-fr.js'
import { wordsNl } from './words-nl.js'

/** What drivers read, in one language: what happened, and what they can do. */
export interface StartWords {
  readonly texts: Readonly<Record<StartCode, string>>
  readonly remedies: Readonly<Record<Remedy, string>>
}

/** A text in every language of drivers. */
export type InLanguages = Readonly<Record<Language, string>>

const WORDS: Readonly<Record<Language, StartWords>> = { en: wordsEn, de: wordsDe, fr: wordsFr, nl: wordsNl }

const inLanguages = (say: (words: StartWords) => string): InLanguages => {
  const [en, de, fr, nl] = [say(WORDS.en), say(WORDS.de), say(WORDS.fr), say(WORDS.nl)]
  return { en, de, fr, nl }
}

/** What drivers read about a code, in every language. */
export const driverWords = (
  code: StartCode,
): { readonly text: InLanguages; readonly whatToDo: InLanguages } => ({
  text: inLanguages(({ texts }) => texts[code]),
  whatToDo: inLanguages(({ remedies }) => remedies[START_CODES[code].remedy]),
})

export { LANGUAGES, type Language }
