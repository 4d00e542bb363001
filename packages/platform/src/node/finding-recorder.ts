import type { Finding } from '@interwatt/protocol'
import type { FindingStore, PartnerFinding } from '@interwatt/store'

/** Kinds of deviation held between two writes; what comes beyond is counted at the next one only if its kind is known. */
const HELD = 1000
const WRITE_EVERY_MS = 2000
const MESSAGE_LENGTH = 300

/** Counts deviations of partners and writes them every two seconds: never in the way of a request. */
export interface FindingRecorder {
  record(partnerId: string, operation: string, findings: readonly Finding[]): void
  /** Writes what is held; also on its own every two seconds. */
  flush(): Promise<void>
  stop(): Promise<void>
}

/** Alike deviations meet in one row: positions in lists become `*`. */
const generalised = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*')

export const createFindingRecorder = (
  store: FindingStore,
  now: () => number,
  onError: (error: unknown) => void,
): FindingRecorder => {
  let held = new Map<string, PartnerFinding>()
  const flush = async (): Promise<void> => {
    const taken = held
    held = new Map()
    await store.add([...taken.values()]).catch(onError)
  }
  const timer = setInterval(flush, WRITE_EVERY_MS)
  timer.unref()
  return {
    record(partnerId, operation, findings) {
      const at = new Date(now()).toISOString()
      for (const finding of findings) {
        const pointer = generalised(finding.pointer)
        const key = JSON.stringify([partnerId, operation, pointer, finding.code])
        const known = held.get(key)
        if (!known && held.size >= HELD) continue
        const message = finding.message.slice(0, MESSAGE_LENGTH)
        held.set(key, {
          ...finding,
          message,
          example: finding.example ?? known?.example ?? null,
          pointer,
          partnerId,
          operation,
          count: (known?.count ?? 0) + 1,
          firstAt: known?.firstAt ?? at,
          lastAt: at,
        })
      }
    },
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}
