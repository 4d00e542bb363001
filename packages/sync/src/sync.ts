import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultLimits } from './limits.js'
import { openPartner, type SyncNode } from './node.js'
import type { Sync, SyncDeps, SyncStatus } from './ports.js'
import { pullAgain } from './pull/pull-again.js'
import { kindsOf, modulesFor } from './push/audience.rules.js'
import { Bodies } from './push/bodies.js'
import { ChangeReader } from './push/change-reader.js'
import { type PartnerWorker, servePartner } from './serve-partner.js'
import { Wake } from './wake.js'

/** Partners that were registered elsewhere are noticed within this time. */
const ensureEveryMs = 5_000
/** A backlog is counted no further. */
const countedChanges = 100_000

/** Push, pull and delivery state of all partners on this node; other nodes on the same database share the work. */
export const createSync = (deps: SyncDeps): Sync => {
  const node: SyncNode = {
    deps,
    limits: { ...defaultLimits, ...deps.limits },
    workerId: randomUUID(),
    reader: new ChangeReader(deps.objects, deps.sync),
    bodies: new Bodies(),
    memories: new Map(),
  }
  const workers = new Map<string, PartnerWorker>()
  const wake = new Wake()
  let ending = new AbortController()
  let loops: Promise<unknown> | undefined
  const wakeWorkers = (): void => {
    for (const worker of workers.values()) worker.wake()
  }
  const lookAgain = (partnerId?: string): void => {
    node.reader.invalidate()
    if (partnerId === undefined) wakeWorkers()
    else workers.get(partnerId)?.wake()
    wake.wake()
  }
  return {
    start() {
      if (loops !== undefined) return
      ending = new AbortController()
      const { signal } = ending
      loops = Promise.all([
        watchChanges(node, signal, () => {
          node.reader.invalidate()
          wakeWorkers()
        }),
        acquirePartners(node, { workers, wake, signal }),
      ])
    },
    async stop() {
      ending.abort()
      await loops
      await endWorkers([...workers.values()], node.limits.stopMs)
      loops = undefined
    },
    kick(partnerId) {
      if (partnerId === undefined) return lookAgain()
      deps.sync.wake(partnerId).then(
        () => lookAgain(partnerId),
        (error: unknown) => deps.log('error', 'kick failed', { partnerId, error: String(error) }),
      )
    },
    async resync(partnerId) {
      const worker = workers.get(partnerId)
      if (worker !== undefined) await endWorkers([worker], node.limits.stopMs)
      await deps.sync.ensure(partnerId)
      await deps.sync.reset(partnerId)
      node.memories.get(partnerId)?.forget()
      lookAgain(partnerId)
    },
    async pullAgain(partnerId, returned) {
      if (await pullAgain(node, partnerId, returned)) lookAgain(partnerId)
    },
    status: (partnerId) => statusOf(node, partnerId),
  }
}

const endWorkers = async (workers: readonly PartnerWorker[], stopMs: number): Promise<void> => {
  for (const worker of workers) worker.end()
  const timer = setTimeout(() => {
    for (const worker of workers) worker.abort()
  }, stopMs)
  await Promise.all(workers.map((worker) => worker.finished))
  clearTimeout(timer)
}

/** Shortest time between two looks for changes. */
const gatherMs = 20

/** Calls `onChange` when there is more to read. A change held back by an older transaction is asked for again soon. */
const watchChanges = async (node: SyncNode, signal: AbortSignal, onChange: () => void): Promise<void> => {
  const { deps, limits } = node
  let seen = -1
  let timeoutMs = limits.pollMs
  while (!signal.aborted) {
    try {
      const beganMs = deps.clock()
      await deps.objects.waitForChange(timeoutMs, signal)
      const head = await deps.objects.currentSeq()
      const early = deps.clock() - beganMs < timeoutMs
      timeoutMs = head === seen && early ? Math.min(50, limits.pollMs) : limits.pollMs
      if (head !== seen && !signal.aborted) onChange()
      // Changes of a moment are looked at together: a busy node must not look after every commit.
      await sleep(gatherMs, undefined, { signal }).catch(() => {})
      seen = head
    } catch (error) {
      if (signal.aborted) return
      deps.log('error', 'waiting for changes failed', { error: String(error) })
      await sleep(1_000, undefined, { signal }).catch(() => {})
    }
  }
}

interface Acquisition {
  readonly workers: Map<string, PartnerWorker>
  readonly wake: Wake
  readonly signal: AbortSignal
}

/** Leases partners that nobody serves, as far as this node has room. */
const acquirePartners = async (node: SyncNode, { workers, wake, signal }: Acquisition): Promise<void> => {
  const { deps, limits, workerId } = node
  let ensuredMs = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    try {
      if (deps.clock() - ensuredMs >= ensureEveryMs || workers.size === 0) await ensureRegistered(node)
      ensuredMs = deps.clock()
      while (workers.size < limits.maxPartners && !signal.aborted) {
        const leased = await deps.sync.lease(workerId, limits.leaseMs, new Date(deps.clock()).toISOString())
        if (leased === undefined) break
        const worker = servePartner(node, leased)
        workers.set(leased.partnerId, worker)
        worker.finished.then(() => {
          if (workers.get(leased.partnerId) === worker) workers.delete(leased.partnerId)
          wake.wake()
        })
      }
    } catch (error) {
      deps.log('error', 'leasing partners failed', { error: String(error) })
    }
    await wake.wait(limits.pollMs * (0.75 + deps.random() / 2), signal)
  }
}

const ensureRegistered = async ({ deps }: SyncNode): Promise<void> => {
  const partners = await deps.partners.list()
  await deps.sync.ensureMany(partners.filter((one) => one.status === 'REGISTERED').map((one) => one.id))
}

const statusOf = async (node: SyncNode, partnerId: string): Promise<SyncStatus> => {
  const { deps } = node
  const [open, state] = await Promise.all([openPartner(node, partnerId), deps.sync.get(partnerId)])
  if (typeof open !== 'object') return { backlog: {} }
  const counted = modulesFor(open.audience).map(async (module) => {
    const after = state?.cursors[module] ?? 0
    const changes = await deps.sync.countChanges({ after, kinds: kindsOf[module], limit: countedChanges })
    return [module, changes] as const
  })
  return { backlog: Object.fromEntries(await Promise.all(counted)) }
}
