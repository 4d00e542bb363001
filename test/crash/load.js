import { setTimeout as sleep } from 'node:timers/promises'
import {
  CPO,
  cdr,
  EMSP,
  energyOf,
  evseState,
  location,
  periods,
  session,
  tariff,
  token,
  tokenState,
  WITNESS,
} from './documents.js'

const pathOf = (collection, party, id) => `/${collection}/${party.country_code}/${party.party_id}/${id}`
const byId = (id) => (documents) => documents.find((document) => document.id === id)
const inParallel = async (count, items, work) => {
  const rest = [...items]
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
    }),
  )
}
const numbered = (prefix, count) => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)

/** Tariffs disappear in every ninth state and come back in the next. */
const isAbsent = (n) => n % 9 === 8

const SIZES = { locations: 12, evses: 3, resting: 240, tariffs: 20, tokens: 60, restingTokens: 400 }
/** A writer rests this long between two writes, in milliseconds, so that two cores carry load and recovery. */
const REST = [15, 60]

/** The concurrent back ends of both sides, writing into `ledger` what they know. */
export const createLoad = ({ cpo, emsp, ledger, random }) => {
  let writing = true
  const rest = () => sleep(random.between(...REST))
  const onCpo = { node: cpo, side: 'cpo' }

  const addLocation = (id, uids) => ({
    id,
    uids,
    subject: ledger.add({
      key: `location ${id}`,
      collection: 'locations',
      side: 'cpo',
      expected: (n) => ({ name: `${id} v${n}` }),
      find: byId(id),
    }),
    evses: uids.map((uid) => ({
      path: `${pathOf('locations', CPO, id)}/evses/${uid}`,
      state: 0,
      subject: ledger.add({
        key: `evse ${uid}`,
        collection: 'locations',
        side: 'cpo',
        expected: evseState,
        find: (documents) => byId(id)(documents)?.evses?.find((evse) => evse.uid === uid),
      }),
    })),
  })
  const uidsOf = (id) => numbered(`${id}-E`, SIZES.evses)
  const locations = numbered('L', SIZES.locations).map((id) => addLocation(id, uidsOf(id)))
  const resting = numbered('R', SIZES.resting).map((id) => addLocation(id, [`${id}-E1`]))

  const tariffs = numbered('T', SIZES.tariffs).map((id) => ({
    path: pathOf('tariffs', CPO, id),
    state: 0,
    subject: ledger.add({
      key: `tariff ${id}`,
      collection: 'tariffs',
      side: 'cpo',
      expected: (n) => (isAbsent(n) ? null : tariff(n)),
      find: byId(id),
    }),
  }))

  const addToken = (uid) => ({
    uid,
    path: pathOf('tokens', EMSP, uid),
    state: 0,
    subject: ledger.add({
      key: `token ${uid}`,
      collection: 'tokens',
      side: 'emsp',
      expected: tokenState,
      find: (documents) => documents.find((document) => document.uid === uid),
    }),
  })
  const tokens = numbered('04AA', SIZES.tokens).map(addToken)
  const restingTokens = numbered('04BB', SIZES.restingTokens).map(addToken)

  const putLocation = async ({ id, uids, subject, evses }) => {
    const done = await ledger.write(subject, 0, {
      node: cpo,
      method: 'PUT',
      path: pathOf('locations', CPO, id),
      body: location(id, uids),
    })
    for (const evse of evses) Object.assign(evse.subject, { attempted: 0, acknowledged: done ? 0 : -1 })
  }

  const putToken = (one, n, mayAbandon) =>
    ledger.write(one.subject, n, {
      node: emsp,
      method: 'PUT',
      path: one.path,
      body: token(one.uid, n),
      mayAbandon,
    })

  const writeEvses = async (evses) => {
    while (writing) {
      const evse = random.pick(evses)
      evse.state += 1
      await ledger.write(evse.subject, evse.state, {
        ...onCpo,
        method: 'PATCH',
        path: evse.path,
        body: evseState(evse.state),
        mayAbandon: true,
      })
      await rest()
    }
  }

  const writeNames = async () => {
    const states = new Map()
    while (writing) {
      const { id, subject } = random.pick(locations)
      const n = (states.get(id) ?? 0) + 1
      states.set(id, n)
      await ledger.write(subject, n, {
        ...onCpo,
        method: 'PATCH',
        path: pathOf('locations', CPO, id),
        body: { name: `${id} v${n}` },
        mayAbandon: true,
      })
      await rest()
    }
  }

  const writeTariffs = async () => {
    while (writing) {
      const one = random.pick(tariffs)
      one.state += 1
      const absent = isAbsent(one.state)
      // A tariff that may not be there any more cannot be deleted, so its states before are not abandoned.
      await ledger.write(one.subject, one.state, {
        ...onCpo,
        method: absent ? 'DELETE' : 'PUT',
        path: one.path,
        body: absent ? undefined : tariff(one.state),
      })
      await rest()
    }
  }

  const writeTokens = async (own) => {
    while (writing) {
      const one = random.pick(own)
      one.state += 1
      if (one.state % 5 === 0) await putToken(one, one.state, true)
      else
        await ledger.write(one.subject, one.state, {
          node: emsp,
          method: 'PATCH',
          path: one.path,
          body: tokenState(one.state),
          mayAbandon: true,
        })
      await rest()
    }
  }

  /** State 1 to 6 grow by a period each, 7 completes the session. */
  const sessionAt = (number, n) =>
    n === 7
      ? { status: 'COMPLETED', charging_periods: periods(number, 0, 5) }
      : { status: 'ACTIVE', kwh: energyOf(n), charging_periods: periods(number, 0, n - 1) }

  const sessionBody = (number, reader, n) => {
    if (n === 1 || n === 6) return session(number, reader, n)
    if (n === 7) return { status: 'COMPLETED', end_date_time: periods(number, 12, 12)[0].start_date_time }
    // Some back ends send the new period only, some all of them; a PATCH appends what is new (SES-030).
    return { kwh: energyOf(n), charging_periods: periods(number, n % 2 === 0 ? n - 1 : 0, n - 1) }
  }

  let sessions = 0
  const charge = async () => {
    sessions += 1
    const number = sessions
    const reader = number % 3 === 0 ? WITNESS : EMSP
    const id = `S${number}`
    const subject = ledger.add({
      key: `session ${id}`,
      collection: 'sessions',
      side: 'cpo',
      expected: (n) => (n < 1 ? null : sessionAt(number, n)),
      find: byId(id),
    })
    for (let n = 1; n <= 7; n += 1) {
      const written = await ledger.write(subject, n, {
        ...onCpo,
        method: n === 1 || n === 6 ? 'PUT' : 'PATCH',
        path: pathOf('sessions', CPO, id),
        body: sessionBody(number, reader, n),
      })
      if (!written) return
      await rest()
    }
    const record = ledger.add({
      key: `cdr C${number}`,
      collection: 'cdrs',
      side: 'cpo',
      expected: () => cdr(number, reader, id),
      find: byId(`C${number}`),
    })
    const request = {
      ...onCpo,
      method: 'PUT',
      path: pathOf('cdrs', CPO, `C${number}`),
      body: cdr(number, reader, id),
    }
    await ledger.write(record, 0, request)
    // A back end that is not sure sends its CDR once more, however often it was acknowledged.
    if (random.chance(0.15)) await ledger.write(record, 0, request)
  }
  const chargeOn = async () => {
    while (writing) {
      await charge()
      await rest()
    }
  }

  let work
  return {
    /** Writes what both sides have before they know each other. */
    async prepare() {
      await Promise.all([
        inParallel(6, [...locations, ...resting], putLocation),
        inParallel(3, tariffs, (one) =>
          ledger.write(one.subject, 0, { ...onCpo, method: 'PUT', path: one.path, body: tariff(0) }),
        ),
        inParallel(6, [...tokens, ...restingTokens], (one) => putToken(one, 0, false)),
      ])
    },
    start() {
      const parts = [0, 1, 2, 3].map((part) => locations.filter((_, index) => index % 4 === part))
      work = Promise.all([
        ...parts.map((part) => writeEvses(part.flatMap(({ evses }) => evses))),
        writeNames(),
        writeTariffs(),
        chargeOn(),
        chargeOn(),
        chargeOn(),
        writeTokens(tokens.filter((_, index) => index % 2 === 0)),
        writeTokens(tokens.filter((_, index) => index % 2 === 1)),
      ])
    },
    /** Stops writing; the last writes are insisted on for `insistMs`. */
    async stop(insistMs = 60_000) {
      writing = false
      const timer = setTimeout(() => ledger.end(), insistMs)
      await work
      clearTimeout(timer)
    },
    get sessions() {
      return sessions
    },
  }
}
