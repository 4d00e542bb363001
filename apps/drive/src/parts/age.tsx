import { formatAgo, formatDateTime } from '../texts/format.js'
import { useNow } from './clock.js'

/** How long ago something was, kept up to date; the exact time is its title. */
export const Age = ({ at }: { readonly at: string | number }) => {
  const now = useNow()
  const atMs = new Date(at).getTime()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
      {formatAgo(now - atMs)}
    </time>
  )
}
