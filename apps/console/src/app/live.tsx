import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { EventFeed, type FeedState } from '../api/event-feed.js'
import { Invalidation } from '../api/invalidation.js'
import { type NodeEvent, readEvent } from '../api/node.js'
import { RecentEventStore, type RecentEvents } from '../api/recent-events.js'

/** The connection to the node, as pages see it. */
export interface Live {
  readonly state: FeedState
  /** How often the connection came back since the page was opened. */
  readonly recoveries: number
  retry(): void
}

const LiveContext = createContext<Live>({
  state: { kind: 'connecting' },
  recoveries: 0,
  retry: () => undefined,
})
/** Is told of every event as it comes. */
type EventListener = (event: NodeEvent) => void

const ListenersContext = createContext(new Set<EventListener>())
const RecentContext = createContext(new RecentEventStore())

/** Follows the events of the node, and has pages read again what changed. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const queries = useQueryClient()
  const [state, setState] = useState<FeedState>({ kind: 'connecting' })
  const [recoveries, setRecoveries] = useState(0)
  const [recent] = useState(() => new RecentEventStore())
  const [listeners] = useState(() => new Set<EventListener>())
  const [retry, setRetry] = useState<() => void>(() => () => undefined)
  useEffect(() => {
    const invalidation = new Invalidation(queries)
    const feed = new EventFeed({
      event(data) {
        const event = readEvent(data, '')
        recent.add(event)
        invalidation.touch(event.type)
        for (const listener of listeners) listener(event)
      },
      state: setState,
      recovered() {
        setRecoveries((count) => count + 1)
        queries.invalidateQueries().catch(() => undefined)
      },
    })
    feed.start()
    setRetry(() => () => feed.retry())
    return () => {
      feed.stop()
      invalidation.stop()
    }
  }, [queries, recent, listeners])
  const live = useMemo(() => ({ state, recoveries, retry }), [state, recoveries, retry])
  return (
    <LiveContext value={live}>
      <RecentContext value={recent}>
        <ListenersContext value={listeners}>{children}</ListenersContext>
      </RecentContext>
    </LiveContext>
  )
}

/** The connection to the node. */
export const useLive = (): Live => useContext(LiveContext)

/** Calls a function that stays the same with every event as it comes; there may be hundreds a second. */
export const useEvents = (listener: EventListener): void => {
  const listeners = useContext(ListenersContext)
  useEffect(() => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listeners, listener])
}

/** Events since this page was opened. */
export const useRecentEvents = (): RecentEvents => {
  const store = useContext(RecentContext)
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
