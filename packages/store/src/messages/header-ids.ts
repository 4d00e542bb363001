import type { KeptHeaders, NewMessage } from '../ports/index.js'

/** Headers as they are stored: null stands for a value that has a column of its own. */
export type StoredHeaders = Readonly<Record<string, string | null>>

type Ids = Pick<NewMessage, 'requestId' | 'correlationId'>

const REQUEST_ID = 'x-request-id'
const CORRELATION_ID = 'x-correlation-id'

/** Headers without the ids that the message has in columns: nearly half of what there is to write of a small message. */
export const withoutIds = (headers: KeptHeaders, { requestId, correlationId }: Ids): StoredHeaders => {
  const same = headers[REQUEST_ID] === requestId
  const together = headers[CORRELATION_ID] === correlationId
  if (!same && !together) return headers
  const stored: Record<string, string | null> = {}
  for (const name in headers) stored[name] = headers[name] ?? null
  if (same) stored[REQUEST_ID] = null
  if (together) stored[CORRELATION_ID] = null
  return stored
}

/** The headers as they were. */
export const withIds = (stored: StoredHeaders, { requestId, correlationId }: Ids): KeptHeaders =>
  Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      name,
      value ?? (name === REQUEST_ID ? requestId : name === CORRELATION_ID ? correlationId : ''),
    ]),
  )
