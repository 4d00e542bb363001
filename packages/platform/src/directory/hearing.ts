import type { HearingStore } from '@interwatt/store'

/** When a partner last gave a sign of life, and whether it answers. */
export interface Heard {
  /** Epoch milliseconds of its last request or answer; null when there was none. */
  readonly atMs: number | null
  /** It does not answer, as far as delivery knows. */
  readonly isAway: boolean
}

/** When partners were last heard of, on any node. */
export interface Hearing {
  /** A request of the partner came in. Never waits or throws. */
  heard(partnerId: string): void
  /** What is known of a partner, at most a few seconds old. */
  of(partnerId: string): Promise<Heard>
}

export interface HearingDeps {
  readonly store: HearingStore
  now(): number
  logError(error: unknown): void
}

/** A busy partner costs one write in this time. */
const WRITE_EVERY_MS = 10_000
/** What is read is good for this long. */
const READ_EVERY_MS = 3_000

const SILENT: Heard = { atMs: null, isAway: false }

const latest = (...times: readonly (number | undefined)[]): number | null => {
  const known = times.filter((time) => time !== undefined && Number.isFinite(time)).map(Number)
  return known.length === 0 ? null : Math.max(...known)
}

/** Keeps in memory when partners asked this node, and in the database for the others. */
export const createHearing = ({ store, now, logError }: HearingDeps): Hearing => {
  const here = new Map<string, number>()
  const writtenAt = new Map<string, number>()
  let read: { readonly atMs: number; readonly all: Promise<ReadonlyMap<string, Heard>> } | undefined

  const load = async (): Promise<ReadonlyMap<string, Heard>> => {
    const rows = await store.all()
    return new Map(
      rows.map(({ partnerId, heardAt, answeredAt, outages }) => [
        partnerId,
        {
          atMs: latest(Date.parse(heardAt ?? ''), Date.parse(answeredAt ?? '')),
          isAway: outages > 0,
        },
      ]),
    )
  }

  return {
    heard(partnerId) {
      const atMs = now()
      here.set(partnerId, atMs)
      if (atMs - (writtenAt.get(partnerId) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS) return
      writtenAt.set(partnerId, atMs)
      store.record(partnerId, new Date(atMs).toISOString()).catch(logError)
    },
    async of(partnerId) {
      if (read === undefined || now() - read.atMs >= READ_EVERY_MS) {
        const all = load()
        read = { atMs: now(), all }
        all.catch(() => {
          read = undefined
        })
      }
      const stored = (await read.all).get(partnerId) ?? SILENT
      return { ...stored, atMs: latest(stored.atMs ?? undefined, here.get(partnerId)) }
    },
  }
}
