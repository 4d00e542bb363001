import type { SyncPartner } from '@interwatt/store'
import { memoryOf, openPartner, type SyncNode } from './node.js'
import { expediteDeltas, pullPartner } from './pull/pull-partner.js'
import { Changes } from './push/changes.js'
import { type Ends, type PassEnd, pushPass } from './push-pass.js'
import { Wake } from './wake.js'

/** One partner in the hands of this node. */
export interface PartnerWorker {
  readonly partnerId: string
  /** Settles when the lease is given back; never rejects. */
  readonly finished: Promise<void>
  wake(): void
  /** Begins nothing new; requests in flight may finish. */
  end(): void
  /** Ends requests in flight too. */
  abort(): void
}

/** A worker without change or wake looks again after this long: for what other nodes did to the partner. */
const idleMs = 10_000
/** Deltas after an outage are not repeated within this time. */
const quietMs = 10 * 60_000
/** The pull loop looks at its schedule this often. */
const pullLookMs = 60_000

/** Serves a leased partner until the node stops, the lease is lost, an outage opens the breaker or the shift ends. */
export const servePartner = (node: SyncNode, leased: SyncPartner): PartnerWorker => {
  const { partnerId } = leased
  const ending = new AbortController()
  const aborting = new AbortController()
  const wakes = { push: new Wake(), pull: new Wake() }
  const ends: Ends = { ending: ending.signal, signal: aborting.signal }
  const changes = new Changes()
  const abort = (): void => {
    ending.abort()
    aborting.abort()
    changes.notify()
  }
  const stopRenewing = keepLease(node, partnerId, abort)
  const pulling = new AbortController()
  const crawls = { busy: false }
  const pulls = pullLoop(node, partnerId, { wake: wakes.pull, crawls, signal: pulling.signal })
  const onRecovered = (): void => wakes.pull.wake()
  const finished = pushLoop(node, leased, { ends, wake: wakes.push, changes, crawls, onRecovered })
    .catch((error: unknown) =>
      node.deps.log('error', 'partner worker failed', { partnerId, error: textOf(error) }),
    )
    .then(async () => {
      pulling.abort()
      await pulls
      stopRenewing()
      memoryOf(node, partnerId).rest()
      await node.deps.sync.release(node.workerId, partnerId).catch(() => {})
    })
  aborting.signal.addEventListener('abort', () => pulling.abort())
  ending.signal.addEventListener('abort', () => pulling.abort())
  return {
    partnerId,
    finished,
    wake() {
      changes.notify()
      wakes.push.wake()
      wakes.pull.wake()
    },
    end() {
      ending.abort()
      changes.notify()
    },
    abort,
  }
}

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'

/** Renews the lease; one that cannot be renewed in time is lost, and another node may be serving the partner. */
const keepLease = (
  { deps, limits, workerId }: SyncNode,
  partnerId: string,
  onLost: () => void,
): (() => void) => {
  let validUntilMs = deps.clock() + limits.leaseMs
  const timer = setInterval(async () => {
    const nowMs = deps.clock()
    const renewed = await deps.sync
      .renew(workerId, partnerId, limits.leaseMs, new Date(nowMs).toISOString())
      .catch(() => undefined)
    if (renewed) validUntilMs = nowMs + limits.leaseMs
    else if (renewed === false || deps.clock() >= validUntilMs) onLost()
  }, limits.leaseMs / 3)
  return () => clearInterval(timer)
}

/** A crawl under way is not cut off by the end of a shift. */
interface Crawls {
  busy: boolean
}

interface PushLoop {
  readonly crawls: Crawls
  readonly ends: Ends
  readonly wake: Wake
  readonly changes: Changes
  onRecovered(): void
}

const pushLoop = async (node: SyncNode, leased: SyncPartner, loop: PushLoop): Promise<void> => {
  const { deps, limits } = node
  const untilMs = deps.clock() + limits.shiftMs
  while (!loop.ends.ending.aborted) {
    const end = await onePass(node, leased.partnerId, loop)
    if (end === 'gone' || end === 'outage' || end === 'ended') return
    if (deps.clock() >= untilMs && !loop.crawls.busy) return
    if (end === 'again') continue
    const turnMs = memoryOf(node, leased.partnerId).nextTurnMs - deps.clock()
    const waitMs = end === 'failed' ? 1_000 + deps.random() * 1_000 : Math.min(idleMs, Math.max(turnMs, 0))
    await loop.wake.wait(waitMs, loop.ends.ending)
  }
}

const onePass = async (
  node: SyncNode,
  partnerId: string,
  loop: PushLoop,
): Promise<PassEnd | 'gone' | 'failed'> => {
  const { deps } = node
  try {
    const open = await openPartner(node, partnerId)
    if (open === 'gone') {
      await deps.sync.forget(partnerId)
      node.memories.delete(partnerId)
      return 'gone'
    }
    const state = await deps.sync.get(partnerId)
    if (state === undefined) return 'gone'
    if (open === 'inactive') {
      // A partner that comes back need not hold any more what it was sent before.
      memoryOf(node, partnerId).forget()
      return 'idle'
    }
    if (state.retryAt !== null && Date.parse(state.retryAt) > deps.clock()) return 'outage'
    return await pushPass(node, open, { ...loop, state })
  } catch (error) {
    deps.log('error', 'push pass failed', { partnerId, error: textOf(error) })
    return 'failed'
  }
}

interface PullLoop {
  readonly crawls: Crawls
  readonly wake: Wake
  readonly signal: AbortSignal
}

/** Crawls run beside the pushes and never hold them up; a partner whose breaker is open is left alone. */
const pullLoop = async (
  node: SyncNode,
  partnerId: string,
  { wake, crawls, signal }: PullLoop,
): Promise<void> => {
  const { deps } = node
  let wasOut = false
  while (!signal.aborted) {
    let waitMs = pullLookMs
    try {
      const state = await deps.sync.get(partnerId)
      const open = state === undefined ? 'gone' : await openPartner(node, partnerId)
      if (typeof open === 'object' && state?.outages === 0) {
        const context = { ...open, deps, limits: node.limits, signal }
        if (wasOut) await expediteDeltas(context, quietMs)
        wasOut = false
        crawls.busy = true
        waitMs = Math.min(pullLookMs, (await pullPartner(context)) - deps.clock())
      } else wasOut ||= (state?.outages ?? 0) > 0
    } catch (error) {
      deps.log('error', 'pull failed', { partnerId, error: textOf(error) })
      waitMs = 5_000 + deps.random() * 5_000
    }
    crawls.busy = false
    await wake.wait(Math.max(waitMs, 50), signal)
  }
}
