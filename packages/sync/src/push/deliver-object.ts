import type { Outcome } from '@interwatt/client'
import type { Prepared } from './bodies.js'
import type { ObjectRequests } from './object-requests.js'
import { type RefusalText, type Verdict, verdictOf } from './outcome.rules.js'
import type { PushPlan } from './plan-push.js'
import { withheldText } from './withheld.rules.js'

/** What came of one object at one party of the partner. */
export type Delivery =
  | { readonly kind: 'done'; readonly patchRefused?: true }
  | { readonly kind: 'refused'; readonly refusal: RefusalText; readonly defect?: true }
  | {
      readonly kind: 'failed'
      readonly failure: Extract<Verdict, { kind: 'unauthorized' | 'server_error' | 'unavailable' }>
    }

/** Bodies on demand: most deliveries need one of them. */
export interface BodySource {
  put(): Prepared
  patch(fields: readonly string[]): Prepared
  /** Sends what contains the object when the partner does not have that either (LOC-053); EVSEs only. */
  readonly container?: () => Promise<Delivery>
  /** The partner may hold an earlier state, which must not stay there when this one cannot be sent. */
  readonly takesBack?: true
}

type SendPlan = Extract<PushPlan, { kind: 'put' | 'create' | 'patch' | 'delete' | 'withdraw' }>

const done: Delivery = { kind: 'done' }

/** Sends one object as planned, with the fall-backs that a failed PATCH asks for (T-F3, LOC-080). */
export const deliverObject = (
  plan: SendPlan,
  requests: ObjectRequests,
  bodies: BodySource,
): Promise<Delivery> => {
  switch (plan.kind) {
    case 'put':
      return put(requests, bodies)
    case 'create':
      return create(requests, bodies)
    case 'patch':
      return patch(plan.fields, requests, bodies)
    case 'delete':
      return remove(requests)
    case 'withdraw':
      return withdraw(requests, bodies)
  }
}

const put = async (requests: ObjectRequests, bodies: BodySource): Promise<Delivery> => {
  const body = bodies.put()
  if (body.kind === 'withheld' && bodies.takesBack === true) return takeBack(requests, body)
  if (body.kind !== 'ready') return unsendable(body)
  const verdict = verdictOf(await requests.put(body.text))
  if (verdict.kind === 'missing' && bodies.container !== undefined) return bodies.container()
  if (verdict.kind === 'missing' && requests.create !== undefined)
    return deliveryOf(verdictOf(await requests.create(body.text)))
  return deliveryOf(verdict)
}

/** An object made by POST. A partner that says no may hold it from an earlier POST whose answer was lost: then PUT says the rest. */
const create = async (requests: ObjectRequests, bodies: BodySource): Promise<Delivery> => {
  const body = bodies.put()
  if (body.kind !== 'ready') return unsendable(body)
  if (requests.create === undefined) return put(requests, bodies)
  const verdict = verdictOf(await requests.create(body.text))
  if (verdict.kind !== 'refused') return deliveryOf(verdict)
  const second = verdictOf(await requests.put(body.text))
  return second.kind === 'delivered' || isFailure(second) ? deliveryOf(second) : deliveryOf(verdict)
}

const patch = async (
  fields: readonly string[],
  requests: ObjectRequests,
  bodies: BodySource,
): Promise<Delivery> => {
  const body = bodies.patch(fields)
  if (body.kind !== 'ready' || requests.patch === undefined) return put(requests, bodies)
  const verdict = verdictOf(await requests.patch(body.text))
  if (verdict.kind === 'delivered') return done
  if (verdict.kind === 'missing') return afterMissing(requests, bodies)
  if (verdict.kind === 'refused') return put(requests, bodies)
  if (verdict.kind !== 'no_method') return deliveryOf(verdict)
  const delivery = await put(requests, bodies)
  return delivery.kind === 'done' ? { kind: 'done', patchRefused: true } : delivery
}

/**
 * The partner did not know what was patched. It is asked for the object: missing or other than it should be, it gets
 * the whole; nothing is assumed of what it showed, a PUT of the same content changes nothing.
 */
const afterMissing = async (requests: ObjectRequests, bodies: BodySource): Promise<Delivery> => {
  const verdict = verdictOf(await requests.get())
  if (isFailure(verdict)) return { kind: 'failed', failure: verdict }
  return put(requests, bodies)
}

/** An earlier state is deleted; what remains is that the object is withheld, which is told as such. */
const takeBack = async (
  requests: ObjectRequests,
  body: Extract<Prepared, { kind: 'withheld' }>,
): Promise<Delivery> => {
  const delivery = await remove(requests)
  return delivery.kind === 'failed' ? delivery : unsendable(body)
}

/** A tariff that is not there is as good as deleted (TAR-014). */
const remove = async (requests: ObjectRequests): Promise<Delivery> => {
  if (requests.remove === undefined) return done
  const verdict = verdictOf(await requests.remove())
  return verdict.kind === 'missing' ? done : deliveryOf(verdict)
}

/** Tells a partner that holds a published location that it no longer is; tells others nothing (ROL-010). */
const withdraw = async (requests: ObjectRequests, bodies: BodySource): Promise<Delivery> => {
  const outcome = await requests.get()
  const verdict = verdictOf(outcome)
  if (isFailure(verdict)) return { kind: 'failed', failure: verdict }
  return holdsPublished(outcome) ? put(requests, bodies) : done
}

const holdsPublished = (outcome: Outcome): boolean => {
  if (outcome.kind !== 'ok') return false
  const { data } = outcome
  return typeof data === 'object' && data !== null && (data as { publish?: unknown }).publish !== false
}

type Failure = Extract<Verdict, { kind: 'unauthorized' | 'server_error' | 'unavailable' }>

export const isFailure = (verdict: Verdict): verdict is Failure =>
  verdict.kind === 'unauthorized' || verdict.kind === 'server_error' || verdict.kind === 'unavailable'

export const deliveryOf = (verdict: Verdict): Delivery => {
  if (verdict.kind === 'delivered') return done
  if (isFailure(verdict)) return { kind: 'failed', failure: verdict }
  return { kind: 'refused', refusal: verdict.refusal }
}

/** An object that may not be sent as it is: shown as a refusal, by the lens or by our own check. */
export const unsendable = (body: Exclude<Prepared, { kind: 'ready' }>): Delivery => {
  if (body.kind === 'withheld')
    return { kind: 'refused', refusal: { httpStatus: 0, statusCode: 0, message: withheldText(body.reason) } }
  const first = body.findings[0]
  const where = first === undefined ? 'the document' : `${first.pointer || '/'}: ${first.message}`
  return {
    kind: 'refused',
    refusal: { httpStatus: 0, statusCode: 0, message: `not sent, breaks the schema at ${where}` },
    defect: true,
  }
}
