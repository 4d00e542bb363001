import { type Explanation, isExplanation, type Language, sentences, sentencesText } from '@interwatt/pricing'
import { isJsonObject } from '@interwatt/protocol'

const hasPrice = ({ total }: Explanation): boolean =>
  total.before_taxes !== undefined || total.after_taxes !== undefined

/**
 * `sentences` of an answer: a price in the words of a language, null where there is none; nothing where no language is
 * asked for.
 */
export const wordsOf = (explanation: Explanation | undefined, language: Language | undefined) => {
  if (language === undefined) return {}
  if (explanation === undefined || !hasPrice(explanation)) return { sentences: null }
  const words = sentences(explanation, language)
  return { sentences: { ...words, text: sentencesText(words) } }
}

/** The same for an explanation as it was stored. */
export const wordsOfStored = (stored: unknown, language: Language | undefined) =>
  wordsOf(isJsonObject(stored) && isExplanation(stored) ? stored : undefined, language)
