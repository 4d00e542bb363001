import { docsAt, listAt, textAt } from '../../api/fields.js'
import { getPage, type Row } from '../../api/objects.js'
import type { Partner } from '../../api/partners.js'
import type { Doc, Json } from '../../api/reading.js'

/** What a start of a session needs: a place of a partner and a token of ours. */
export interface StartChoice {
  readonly name: string
  readonly body: Doc
}

/** Places and tokens that are looked at. */
const LOOKED_AT = 200

const canStart = (evse: Json): boolean => {
  const capabilities = listAt(evse, 'capabilities')
  return (
    textAt(evse, 'status') === 'AVAILABLE' &&
    capabilities.includes('REMOTE_START_STOP_CAPABLE') &&
    !capabilities.includes('START_SESSION_CONNECTOR_REQUIRED')
  )
}

/** Connectors of a bay: with one, versions that cannot name it can start there too. */
const connectorsOf = (evse: Json): number => docsAt(evse, 'connectors').length

/** A free charging bay of a partner and a valid token of ours, by chance among those that fit; undefined when one of them is missing. */
export const chooseStart = (
  places: readonly Row[],
  tokens: readonly Row[],
  random: () => number,
): StartChoice | undefined => {
  const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const bays = places
    .filter(({ receivedFrom }) => receivedFrom !== null)
    .flatMap(({ document }) =>
      docsAt(document, 'evses')
        .filter((evse) => canStart(evse) && connectorsOf(evse) === 1)
        .map((evse) => ({ document, evse })),
    )
  const bay = any(bays)
  const valid = tokens.filter(({ document }) => document.valid === true)
  const apps = valid.filter(({ document }) => document.type === 'APP_USER')
  const token = any(apps.length > 0 ? apps : valid)?.document
  if (bay === undefined || token === undefined) return undefined
  const { document, evse } = bay
  return {
    name: textAt(document, 'name') || textAt(document, 'id'),
    body: {
      country_code: textAt(document, 'country_code'),
      party_id: textAt(document, 'party_id'),
      location_id: textAt(document, 'id'),
      evse_uid: textAt(evse, 'uid'),
      token: { uid: textAt(token, 'uid'), type: textAt(token, 'type') },
    },
  }
}

/** Partners whose places are looked at. */
const PARTNERS = 5

/** Looks for somewhere to start a session; undefined when there is no free bay of a partner, or no token. */
export const findStart = async (partners: readonly Partner[]): Promise<StartChoice | undefined> => {
  const cpos = partners
    .filter(({ status, roles }) => status === 'REGISTERED' && roles.some(({ role }) => role === 'CPO'))
    .slice(0, PARTNERS)
  const [tokens, ...places] = await Promise.all([
    getPage('tokens', { limit: LOOKED_AT, own: true }),
    ...cpos.map(({ id }) => getPage('locations', { limit: LOOKED_AT, received_from: id, order: 'newest' })),
  ])
  return chooseStart(
    places.flatMap(({ rows }) => rows),
    tokens.rows,
    Math.random,
  )
}
