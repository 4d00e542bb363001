import { useEffect, useState } from 'preact/hooks'
import { feedState, retryEvents } from '../api/events.js'
import { Notice } from '../parts/states.js'
import { textsOf } from '../texts/say.js'
import { online } from './connection.js'
import { loadUpdate, updateReady } from './updates.js'

const say = textsOf('frame')

/** How long a connection may be lost before it is said: most come back at once. In milliseconds. */
const QUIET_MS = 3_000

const useSecondsUntil = (atMs: number): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [atMs])
  return Math.max(0, Math.ceil((atMs - now) / 1000))
}

const Lost = ({ retryAtMs }: { readonly retryAtMs: number }) => {
  const seconds = useSecondsUntil(retryAtMs)
  const [quiet, setQuiet] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(false), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  if (quiet) return null
  return (
    <Notice kind="warn" title={say('lost_title')} action={{ label: say('try_now'), run: retryEvents }}>
      {say('lost_text', { seconds })}
    </Notice>
  )
}

/** Says that the device is offline, that the connection is lost, and that a new version is there. */
export const Notices = () => {
  const feed = feedState.value
  return (
    <div class="notices">
      {!online.value && (
        <Notice kind="warn" title={say('offline_title')}>
          {say('offline_text')}
        </Notice>
      )}
      {online.value && feed.kind === 'lost' && <Lost retryAtMs={feed.retryAtMs} />}
      {updateReady.value && (
        <Notice title={say('update_title')} action={{ label: say('update_load'), run: loadUpdate }} />
      )}
    </div>
  )
}
