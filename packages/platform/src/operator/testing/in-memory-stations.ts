import { setTimeout as delay } from 'node:timers/promises'
import type { StationRow } from '@interwatt/store'
import { StationIndex } from '../../stations/index.js'

/** An index over stations that are given and do not change. */
export const stationsInMemory = (rows: readonly StationRow[] = []): StationIndex =>
  new StationIndex({
    stations: {
      page: async () => ({ rows, next: null }),
      changed: async () => ({ rows: [], position: null, isFull: false }),
    },
    objects: {
      currentSeq: async () => 1,
      waitForChange: (maxMs, signal) =>
        delay(maxMs, undefined, signal === undefined ? {} : { signal, ref: false }).catch(() => undefined),
    },
    now: Date.now,
    onError: () => undefined,
  })
