import { LANGUAGES, type Language } from '@interwatt/pricing'
import type { JsonSchema } from '@interwatt/protocol'
import type { FastifyRequest } from 'fastify'
import { object } from '../operator/wire-schemas.js'

/** `lang` of a query. */
export const lang: JsonSchema = {
  type: 'string',
  enum: [...LANGUAGES],
  description: 'Language of texts; that of the account when left out, else en',
}

/** A query with nothing but `lang`. */
export const langQuery = object({ lang })

/** A call whose query may have `lang`. */
export interface InLanguage {
  Querystring: { readonly lang?: Language }
}

/** The language of an answer: as asked, else that of the account, else English. */
export const languageFor = (
  { driver }: Pick<FastifyRequest, 'driver'>,
  asked: Language | undefined,
): Language => asked ?? driver?.language ?? 'en'
