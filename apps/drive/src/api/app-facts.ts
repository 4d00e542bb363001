import { type UsedAnswer, useAnswer } from './answers.js'
import { flag, listOf, number, oneOf, optional, type Read, shape, text } from './reading.js'

const appFacts = shape({
  party: shape({ country_code: text, party_id: text, name: text }),
  version: text,
  languages: listOf(text),
  currency: optional(text),
  sign_in: shape({ code: optional(flag), passkey: optional(flag), demo: optional(flag) }),
  demo: optional(shape({ speed: optional(number) })),
  map: optional(
    shape({
      style: optional(shape({ kind: oneOf(['vector', 'raster']), url: text, attribution: optional(text) })),
    }),
  ),
  support: optional(shape({ email: optional(text), phone: optional(text) })),
})

/** What the node says about the app: whose it is, how one signs in, whether it is a demonstration. */
export type AppFacts = Read<typeof appFacts>

/** What the node says about the app. */
export const useAppFacts = (): UsedAnswer<AppFacts> => useAnswer('/app', appFacts)
