import { setTimeout as sleep } from 'node:timers/promises'
import type { PartyId } from '@interwatt/protocol'
import type { FactsOfRow, StoredObject } from '@interwatt/store'
import { hostsOf } from '../partner-hosts.js'
import { ownsToken } from './audience.rules.js'
import type { AssembledLocation, Prepared } from './bodies.js'
import type { CdrBook } from './cdr-book.js'
import { deliverCdr } from './deliver-cdr.js'
import { type BodySource, type Delivery, deliverObject } from './deliver-object.js'
import { givenUp } from './given-up.rules.js'
import { requestsFor } from './object-requests.js'
import type { BatchItem, BatchUnit } from './plan-batch.js'
import { isOver, judge, lineTo, noteDelivered, noteRefused, type PushRun } from './push-run.js'

/** What the units of one batch share. */
export interface BatchContext {
  readonly run: PushRun
  /** EVSEs of the locations that are sent whole, by key text of the location. */
  readonly assembled: ReadonlyMap<StoredObject, AssembledLocation>
  /** Rows still to be acknowledged or refused; deliveries take themselves out. */
  readonly open: Set<StoredObject>
  readonly cdrs: CdrBook | undefined
  /** Objects made after it were never sent. */
  readonly cursor: number
  /** What the partner's version needs to know besides the rows. */
  readonly facts: FactsOfRow
}

/** Wait before a push that met a server error is tried once more. */
const secondTryMs = 500

/** Sends the items of a unit one after the other; stops at the first that stays open. */
export const deliverUnit = async (context: BatchContext, unit: BatchUnit): Promise<void> => {
  for (const item of unit) {
    if (isOver(context.run)) return
    if (!(await deliverItem(context, item))) return
    context.open.delete(item.row)
    for (const covered of item.covers) context.open.delete(covered)
  }
}

/** True when the item is acknowledged or refused. */
const deliverItem = async (context: BatchContext, item: BatchItem): Promise<boolean> => {
  const { run } = context
  for (;;) {
    // NOTE: what was sent since the batch was planned may have carried this row in a newer state.
    if (run.memory.hasDelivered(item.row)) return true
    const delivery = await deliverToAll(context, item)
    if (delivery.kind === 'done') {
      await noteItemDelivered(context, item)
      return true
    }
    if (delivery.kind === 'refused') {
      await noteRefused(run, item.row, delivery.refusal, delivery.defect)
      return true
    }
    const step = judge(run, item.row, delivery.failure)
    if (step === 'refuse') {
      await noteRefused(run, item.row, givenUp(delivery.failure))
      return true
    }
    if (step === 'outage') {
      run.failure ??= delivery.failure
      return false
    }
    await sleep(secondTryMs * (1 + run.deps.random()), undefined, { signal: run.signal }).catch(() => {})
    if (isOver(run)) return false
  }
}

const noteItemDelivered = ({ run, assembled }: BatchContext, item: BatchItem): Promise<void> | undefined => {
  const evses = item.plan.kind === 'put' ? assembled.get(item.row)?.evses : undefined
  if (evses === undefined) return noteDelivered(run, item.row)
  return noteAll(run, [...evses, item.row])
}

const noteAll = async (run: PushRun, rows: readonly StoredObject[]): Promise<void> => {
  for (const row of rows) await noteDelivered(run, row)
}

const noteNoPatch = ({ memory, deps, partner }: PushRun, { key }: StoredObject): void => {
  memory.recordNoPatch(key.kind)
  const message = `PATCH of a ${key.kind} is not a method it takes`
  const finding = {
    pointer: '',
    code: 'method_refused',
    message,
    rule: 'TRN-093',
    severity: 'warning',
  } as const
  deps.onFindings(partner.id, `push.${key.kind}`, [finding])
}

/** A platform gets one push per party that wants the object (ROL-008). */
const deliverToAll = async (context: BatchContext, item: BatchItem): Promise<Delivery> => {
  let refused: Delivery | undefined
  for (const to of item.to) {
    const delivery = await deliverTo(context, item, to)
    if (delivery.kind === 'failed') return delivery
    if (delivery.kind === 'refused') refused ??= delivery
    else if (delivery.patchRefused) noteNoPatch(context.run, item.row)
  }
  return refused ?? { kind: 'done' }
}

const deliverTo = (context: BatchContext, item: BatchItem, to: PartyId): Promise<Delivery> => {
  const { run, cdrs, facts } = context
  const { row, location, plan } = item
  const { version } = run.target
  const requests = requestsFor(lineTo(run, location ?? row, to), { row, ...(location && { location }) })
  if (plan.kind === 'post')
    return cdrs === undefined ? Promise.resolve({ kind: 'done' }) : deliverThrough(context, cdrs, item, to)
  const whole = context.assembled.get(row)
  // NOTE: what names the customer goes to the customer's provider only, and always as a PUT elsewhere: no field slips through.
  if (row.key.kind === 'session' && !ownsToken(row.document, to))
    return deliverObject(
      { kind: 'put' },
      requests,
      putOnly(run.bodies.whole(row, version, { facts, shown: 'without customer' })),
    )
  return deliverObject(plan, requests, {
    put: () =>
      whole ? run.bodies.location(whole, version, facts) : run.bodies.whole(row, version, { facts }),
    patch: (fields) => run.bodies.patch(row, fields, version, { evses: whole?.evses ?? [], facts }),
    ...(mayHoldEarlier(context, row) && { takesBack: true as const }),
    ...(location && { container: () => deliverContainer(context, location, to) }),
  })
}

/** A price that is not valid any more must not stay with a partner that cannot know that; other objects are left as they are. */
const mayHoldEarlier = ({ run, cursor }: BatchContext, { key, createdSeq }: StoredObject): boolean =>
  key.kind === 'tariff' && createdSeq <= cursor && !run.memory.isWithheld(key)

const putOnly = (body: Prepared): BodySource => ({ put: () => body, patch: () => body })

/** The whole location of an EVSE that the partner had no place for. */
const deliverContainer = async (
  { run, facts }: BatchContext,
  location: StoredObject,
  to: PartyId,
): Promise<Delivery> => {
  const evses = await run.deps.sync.evsesOf([location.key])
  const whole = { location, evses }
  const requests = requestsFor(lineTo(run, location, to), { row: location })
  const delivery = await deliverObject({ kind: 'put' }, requests, {
    put: () => run.bodies.location(whole, run.target.version, facts),
    patch: (fields) => run.bodies.patch(location, fields, run.target.version, { facts }),
  })
  if (delivery.kind === 'done') await noteAll(run, [...evses, location])
  return delivery
}

const deliverThrough = async (
  { run, facts }: BatchContext,
  cdrs: CdrBook,
  { row }: BatchItem,
  to: PartyId,
): Promise<Delivery> => {
  const line = lineTo(run, row, to)
  const requests = requestsFor(line, { row })
  const sent = { document: row.document, body: run.bodies.whole(row, run.target.version, { facts }) }
  const outcome = await deliverCdr(cdrs.known(row.key), sent, {
    post: requests.put,
    askPath: requests.get,
    askLocation: (url) =>
      line.client.get(line.partner, url, {
        ...line.context,
        version: run.target.version,
        allowedHosts: hostsOf(run.partner),
      }),
  })
  if (outcome.kind !== 'other') {
    await cdrs.recordDelivered(row.key, outcome.locationUrl)
    return { kind: 'done' }
  }
  cdrs.recordAttempt(row.key, outcome.begun)
  return outcome.delivery
}
