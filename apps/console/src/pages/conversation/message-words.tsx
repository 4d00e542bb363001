import { Link } from 'wouter'
import type { Message, MessageObject } from '../../api/messages.js'
import { Mark, type Tone } from '../../parts/values.js'

const TONES: Readonly<Record<string, Tone>> = { ok: 'good', refused: 'warn', failed: 'bad', timeout: 'bad' }

/** How a message ended. */
export const OutcomeMark = ({ outcome }: { readonly outcome: string }) => (
  <Mark tone={TONES[outcome] ?? 'quiet'}>{outcome}</Mark>
)

/** The other side of a message. */
export const partnerOf = ({ partner_name, partner_id }: Message): string =>
  partner_name ?? partner_id ?? 'nobody known'

/** Who asked whom, such as `Foreign CPO → this node`. */
export const directionOf = (message: Message): string =>
  message.direction === 'in' ? `${partnerOf(message)} → this node` : `this node → ${partnerOf(message)}`

/** HTTP status and OCPI status code, such as `200, 1000`; what failed where no answer came. */
export const answerOf = ({ http_status, status_code, failure }: Message): string =>
  [http_status, status_code].filter((each) => each !== null).join(', ') || (failure ?? '')

/** How long it took, in milliseconds. */
export const tookOf = ({ duration_ms }: Message): string =>
  `${duration_ms < 10 ? duration_ms : Math.round(duration_ms)} ms`

/** An amount of bytes, for people. */
export const bytesOf = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`

/** An object a message is about, such as `session S1`. */
export const objectOf = (object: MessageObject | null): string =>
  object === null ? '' : `${object.kind.replaceAll('_', ' ')} ${object.id}`

const COLLECTIONS: Readonly<Record<string, string>> = {
  location: 'locations',
  evse: 'locations',
  session: 'sessions',
  cdr: 'cdrs',
  tariff: 'tariffs',
}

/** An object a message is about, as a link where it has a page. */
export const AboutLink = ({ object }: { readonly object: MessageObject | null }) => {
  if (object === null) return null
  const { kind, country_code, party_id, id } = object
  const collection = COLLECTIONS[kind]
  if (collection === undefined || country_code === null || party_id === null) return <>{objectOf(object)}</>
  // The id of an EVSE begins with that of its location, each escaped by itself.
  const own = kind === 'evse' ? [id.split('/')[0] ?? ''] : [encodeURIComponent(id)]
  const segments = [...[country_code, party_id].map(encodeURIComponent), ...own]
  return <Link href={`/${collection}/${segments.join('/')}`}>{objectOf(object)}</Link>
}

/** The page of a correlation. */
export const correlationPage = (id: string): string => `/conversation/together/${encodeURIComponent(id)}`
