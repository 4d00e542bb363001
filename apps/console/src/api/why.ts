import { listOf, mapOf, number, oneOf, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const why = shape({
  code: text,
  state: oneOf(['well', 'waiting', 'odd', 'failed']),
  text: mapOf(text),
  what_to_do: mapOf(text),
  support: text,
  operator_words: optional(text),
  evidence: shape({ rule: optional(text), messages: listOf(number) }),
})
/** Why a charge did or did not start; texts for drivers by language. */
export type Why = Read<typeof why>

/** A command, or a decision on a card. */
export type WhyOf = { readonly kind: 'commands' | 'authorizations'; readonly id: string }

export const getWhy = ({ kind, id }: WhyOf): Promise<Why> => ask(address([kind, id, 'why']), why)
