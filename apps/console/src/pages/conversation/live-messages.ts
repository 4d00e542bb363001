import { useEffect, useState } from 'react'
import { EventFeed } from '../../api/event-feed.js'
import { type Message, readMessage } from '../../api/messages.js'
import { address, type Query } from '../../api/request.js'

/** Messages kept of the stream; when there are as many, the list is read again. */
export const KEPT = 200
/** New messages of this time are shown together, in milliseconds. */
const GATHER_MS = 500

/** Messages that pass a filter, as they are recorded since `after`; newest first, at most 200. Nothing while it is undefined. */
export const useLiveMessages = (filters: Query, after: number | undefined): readonly Message[] => {
  const [messages, setMessages] = useState<readonly Message[]>([])
  const path = after === undefined ? undefined : address(['messages', 'live'], { ...filters, after })
  useEffect(() => {
    setMessages([])
    if (path === undefined) return undefined
    let pending: Message[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      timer = undefined
      const added = pending
      pending = []
      setMessages((before) => [...added.toReversed(), ...before].slice(0, KEPT))
    }
    const feed = new EventFeed(
      {
        event(data) {
          pending.push(readMessage(data, ''))
          timer ??= setTimeout(flush, GATHER_MS)
        },
        state: () => undefined,
        recovered: () => undefined,
      },
      path,
    )
    feed.start()
    return () => {
      clearTimeout(timer)
      feed.stop()
    }
  }, [path])
  return messages
}
