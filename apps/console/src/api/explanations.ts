import { segmentsOf } from './prices.js'
import { type Doc, listOf, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const explanation = shape({ language: text, statements: listOf(shape({ text })) })
/** What a driver pays under a tariff, in plain words. */
export type Explanation = Read<typeof explanation>

/** Languages that tariffs are explained in, by what speakers call them. */
export const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'fr', label: 'Français' },
  { value: 'nl', label: 'Nederlands' },
] as const

export const getExplanation = (tariff: Doc, language: string): Promise<Explanation> =>
  ask(address(segmentsOf('tariffs', tariff, 'explanation'), { language }), explanation)
