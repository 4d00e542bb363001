import type { Language } from './language.js'
import type { Words } from './words.js'
import { de } from './words-de.js'
import { en } from './words-en.js'
import { fr } from './words-fr.js'
import { nl } from './words-nl.js'

/** The texts of every language; one without texts does not compile. */
export const VOCABULARY: Readonly<Record<Language, Words>> = { en, de, fr, nl }
