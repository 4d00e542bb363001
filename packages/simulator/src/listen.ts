import type { CpoBackEnd } from './back-ends/cpo-back-end.js'
import { labelOf } from './back-ends/documents.js'
import { type DoorEvent, followEvents } from './back-ends/event-stream.js'
import type { Connections } from './back-ends/http.js'
import { sleepMs } from './world/clock.js'
import type { Tell } from './world-event.js'
import type { WorldParty } from './world-options.js'

interface Listener {
  onEvent(event: DoorEvent): void
}

/** What listening works with. */
export interface ListenAround {
  readonly connections: Connections
  /** Aborted when no request may survive. */
  readonly signal: AbortSignal
  readonly tell: Tell
  /** Takes what goes on until the signal aborts. */
  track(work: Promise<void>): void
}

/** Who listens to which node. */
export interface Listeners {
  readonly cpo: {
    readonly node: WorldParty
    readonly back: CpoBackEnd
    readonly bookings: Listener | undefined
  }
  readonly emsps: readonly {
    readonly node: WorldParty
    readonly back: Listener
    readonly bookings: Listener | undefined
    readonly steering: Listener | undefined
    onConnect(): void
  }[]
}

interface Stream {
  readonly door: 'cpo' | 'emsp'
  readonly node: WorldParty
  readonly types: readonly string[]
  readonly backs: readonly (Listener | undefined)[]
  onConnect(): void
}

const follow = (around: ListenAround, { door, node, types, backs, onConnect }: Stream): Promise<void> =>
  new Promise((connected) => {
    const { connections, signal, tell } = around
    const options = {
      connections,
      apiUrl: node.apiUrl,
      apiKey: node.apiKey,
      types,
      signal,
      onEvent: (event: DoorEvent) => {
        for (const back of backs) back?.onEvent(event)
      },
      onConnect: () => {
        onConnect()
        connected()
      },
      onLost: (reason: string) => {
        const emsp = door === 'emsp' ? { emsp: labelOf(node) } : {}
        tell({ type: 'trouble', door, doing: 'event stream', reason, ...emsp })
      },
      sleepMs,
    }
    around.track(followEvents(options).finally(connected))
  })

const CPO_EVENTS = ['command.*', 'charging_profile.received', 'session.charging_preferences'] as const
const EMSP_EVENTS = ['command.*', 'session.*', 'cdr.*'] as const

/** Follows the event streams of all nodes; resolves when each was connected once, or the signal aborts. */
export const listen = async (around: ListenAround, { cpo, emsps }: Listeners): Promise<void> => {
  const booked = (bookings: Listener | undefined) => (bookings === undefined ? [] : ['booking.*'])
  await Promise.all([
    follow(around, {
      door: 'cpo',
      node: cpo.node,
      types: [...CPO_EVENTS, ...booked(cpo.bookings)],
      backs: [cpo.back, cpo.bookings],
      onConnect: () => void cpo.back.catchUp(),
    }),
    ...emsps.map(({ node, back, bookings, steering, onConnect }) =>
      follow(around, {
        door: 'emsp',
        node,
        types: [
          ...EMSP_EVENTS,
          ...(steering === undefined ? [] : ['charging_profile.updated']),
          ...booked(bookings),
        ],
        backs: [back, bookings, steering],
        onConnect,
      }),
    ),
  ])
}
