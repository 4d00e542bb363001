import { CPO, EMSP, WITNESS } from './documents.js'
import { isAcceptable } from './ledger.js'
import { listAll } from './operator-api.js'

const partyText = ({ country_code, party_id }) => `${country_code}*${party_id}`
const idOf = (collection, document) =>
  collection === 'tokens' ? `${document.uid} ${document.type}` : String(document.id)

/** JSON with sorted names and EVSEs in order of their uid: equal texts mean equal objects. */
export const canonicalText = (value) =>
  JSON.stringify(value, (name, entry) => {
    if (name === 'evses' && Array.isArray(entry)) return [...entry].sort((a, b) => (a.uid < b.uid ? -1 : 1))
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
    return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
  })

/** Collections, and who owns their objects. */
const SHARED = [
  { collection: 'locations', owner: 'cpo', party: CPO },
  { collection: 'tariffs', owner: 'cpo', party: CPO },
  { collection: 'sessions', owner: 'cpo', party: CPO },
  { collection: 'cdrs', owner: 'cpo', party: CPO },
  { collection: 'booking_locations', owner: 'cpo', party: CPO },
  { collection: 'bookings', owner: 'cpo', party: CPO },
  { collection: 'tokens', owner: 'emsp', party: EMSP },
]
const ADDRESSED = new Set(['sessions', 'cdrs'])

/** Both sides' view of every collection. */
export const readBoth = async ({ cpo, emsp }) => {
  const nodes = { cpo, emsp }
  const views = []
  for (const { collection, owner, party } of SHARED) {
    const other = owner === 'cpo' ? 'emsp' : 'cpo'
    const [own, received] = await Promise.all([
      listAll(nodes[owner], collection, partyText(party)),
      listAll(nodes[other], collection, partyText(party)),
    ])
    views.push({ collection, owner, own, received })
  }
  return views
}

const addressedTo = (reader) => (document) => document.cdr_token?.party_id === reader.party_id

const differencesOf = (where, collection, own, received) => {
  const wanted = new Map(own.map((document) => [idOf(collection, document), canonicalText(document)]))
  const held = new Map(received.map((document) => [idOf(collection, document), canonicalText(document)]))
  const differences = []
  for (const [id, text] of wanted) {
    const other = held.get(id)
    if (other === undefined) differences.push({ where, what: 'missing', collection, id })
    else if (other !== text)
      differences.push({ where, what: 'different', collection, id, owner: text, other })
  }
  for (const id of held.keys())
    if (!wanted.has(id)) differences.push({ where, what: 'extra', collection, id })
  for (const [what, list] of [
    ['listed twice at the owner', own],
    ['listed twice', received],
  ])
    for (const id of repeated(list.map((document) => idOf(collection, document))))
      differences.push({ where, what, collection, id })
  return differences
}

const repeated = (values) => [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]

/** What the partners hold otherwise than the owners: nothing, once everything has arrived. */
export const differences = (views, witness) =>
  views.flatMap(({ collection, own, received }) => {
    const mine = ADDRESSED.has(collection) ? own.filter(addressedTo(EMSP)) : own
    const theirs = ADDRESSED.has(collection) ? own.filter(addressedTo(WITNESS)) : own
    const node = differencesOf(collection === 'tokens' ? 'CPO' : 'eMSP', collection, mine, received)
    const seen = witness.held.get(collection)
    return seen === undefined
      ? node
      : [...node, ...differencesOf('witness', collection, theirs, [...seen.values()])]
  })

/** Acknowledged writes that are not there on the side that acknowledged them. */
export const lostWrites = (views, ledger) => {
  const owned = new Map(views.map(({ collection, own }) => [collection, own]))
  return [...ledger.subjects.values()].flatMap((subject) => {
    const found = subject.find(owned.get(subject.collection) ?? [])
    if (isAcceptable(subject, found)) return []
    const { key, acknowledged, attempted } = subject
    return [{ key, acknowledged, attempted, expected: subject.expected(Math.max(acknowledged, 0)), found }]
  })
}

/** Sessions with a charging period twice, on either side. */
export const doubledPeriods = (views) =>
  views
    .filter(({ collection }) => collection === 'sessions')
    .flatMap(({ own, received }) => [...own, ...received])
    .filter(
      (session) => repeated(session.charging_periods.map((period) => period.start_date_time)).length > 0,
    )
    .map((session) => session.id)
