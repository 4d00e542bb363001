import type { TokenDraft } from '../drivers.js'
import type { Tariff } from '../tariffs.js'
import type { Location } from '../world/site.js'
import type { Party } from './documents.js'
import { type Answer, type OperatorApi, path } from './operator-api.js'

/** Puts many objects with a few calls at a time; resolves with the first reason for which one could not be put. */
const putAll = async <T>(
  items: readonly T[],
  put: (item: T) => Promise<Answer>,
  nameOf: (item: T) => string,
): Promise<string | undefined> => {
  let failure: string | undefined
  const queue = [...items]
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && failure === undefined; item = queue.shift()) {
      const answer = await put(item)
      if (answer.kind !== 'ok') failure ??= `${nameOf(item)}: ${answer.reason}`
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  return failure
}

const PARALLEL = 8

const putParty = (api: OperatorApi, party: Party, role: string, name: string): Promise<Answer> =>
  api.call('PUT', path('parties', party.countryCode, party.partyId), {
    roles: [role],
    business_details: { name },
  })

const NOT_IN_SERVICE = ['PLANNED', 'REMOVED', 'INOPERATIVE']

/** The location with every EVSE in service free, as the world begins. */
const opened = (location: Location, party: Party, now: string): Location => ({
  ...location,
  country_code: party.countryCode,
  party_id: party.partyId,
  evses: (location.evses ?? []).map((evse) => ({
    ...evse,
    status: NOT_IN_SERVICE.includes(evse.status) ? evse.status : 'AVAILABLE',
    last_updated: now,
    connectors: evse.connectors.map((connector) => ({ ...connector, last_updated: now })),
  })),
  last_updated: now,
})

/** Brings party, tariffs and locations of the CPO to its node; undefined when done, otherwise why not. */
export const registerCpo = async (
  api: OperatorApi,
  input: {
    readonly party: Party
    readonly name: string
    readonly tariffs: readonly Tariff[]
    readonly locations: readonly Location[]
    readonly now: string
  },
): Promise<string | undefined> => {
  const { party, now } = input
  const owner = await putParty(api, party, 'CPO', input.name)
  if (owner.kind !== 'ok') return `party: ${owner.reason}`
  const at = (module: string, id: string) => path(module, party.countryCode, party.partyId, id)
  const tariffs = await putAll(
    input.tariffs,
    (tariff) => api.call('PUT', at('tariffs', tariff.id), tariff),
    (tariff) => `tariff ${tariff.id}`,
  )
  if (tariffs !== undefined) return tariffs
  return putAll(
    input.locations,
    (location) => api.call('PUT', at('locations', location.id), opened(location, party, now)),
    (location) => `location ${location.id}`,
  )
}

/** Brings party and tokens of the eMSP to its node; undefined when done, otherwise why not. */
export const registerEmsp = async (
  api: OperatorApi,
  input: {
    readonly party: Party
    readonly name: string
    readonly tokens: readonly TokenDraft[]
    readonly now: string
  },
): Promise<string | undefined> => {
  const { party, now } = input
  const owner = await putParty(api, party, 'EMSP', input.name)
  if (owner.kind !== 'ok') return `party: ${owner.reason}`
  return putAll(
    input.tokens,
    (token) => {
      const address = path('tokens', party.countryCode, party.partyId, token.uid)
      return api.call('PUT', `${address}?type=${encodeURIComponent(token.type)}`, {
        ...token,
        last_updated: now,
      })
    },
    (token) => `token ${token.uid}`,
  )
}
