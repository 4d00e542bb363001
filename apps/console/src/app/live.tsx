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
import { readEvent } from '../api/node.js'
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
const RecentContext = createContext(new RecentEventStore())

/** Follows the events of the node, and has pages read again what changed. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const queries = useQueryClient()
  const [state, setState] = useState<FeedState>({ kind: 'connecting' })
  const [recoveries, setRecoveries] = useState(0)
  const [recent] = useState(() => new RecentEventStore())
  const [retry, setRetry] = useState<() => void>(() => () => undefined)
  useEffect(() => {
    const invalidation = new Invalidation(queries)
    const feed = new EventFeed({
      event(data) {
        const event = readEvent(data, '')
        recent.add(event)
        invalidation.touch(event.type)
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
  }, [queries, recent])
  const live = useMemo(() => ({ state, recoveries, retry }), [state, recoveries, retry])
  return (
    <LiveContext value={live}>
      <RecentContext value={recent}>{children}</RecentContext>
    </LiveContext>
  )
}

/** The connection to the node. */
export const useLive = (): Live => useContext(LiveContext)

/** Events since this page was opened. */
export const useRecentEvents = (): RecentEvents => {
  const store = useContext(RecentContext)
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
