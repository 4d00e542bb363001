import type { Finding, ocpi230 } from '@interwatt/protocol'
import { findingsAt, type OperatorConnection } from '../operator/connection.js'
import { listAt, numberAt } from '../read-json.js'

/** What a node made of the locations it was sent. */
export interface SentLocations {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: readonly { readonly id: string; readonly findings: readonly Finding[] }[]
}

/** Locations of one request. */
const BATCH = 250

/** The document without its times: the node sets them where something changed, so that a repetition changes nothing. */
export const withoutTimes = (location: ocpi230.Location): object => {
  const { last_updated: _location, evses, ...rest } = location
  if (evses === undefined) return rest
  return {
    ...rest,
    evses: evses.map(({ last_updated: _evse, connectors, ...evse }) => ({
      ...evse,
      connectors: connectors.map(({ last_updated: _connector, ...connector }) => connector),
    })),
  }
}

/** Sends locations to a node in batches; refused ones are listed and do not stop the rest. */
export const sendLocations = async (
  node: OperatorConnection,
  locations: readonly ocpi230.Location[],
  onProgress: (sent: number) => void,
): Promise<SentLocations> => {
  const sum = { created: 0, updated: 0, unchanged: 0 }
  const refused: SentLocations['refused'][number][] = []
  for (let start = 0; start < locations.length; start += BATCH) {
    const batch = locations.slice(start, start + BATCH)
    const answer = await node.call('POST', '/locations/bulk', batch.map(withoutTimes))
    sum.created += numberAt(answer, 'created')
    sum.updated += numberAt(answer, 'updated')
    sum.unchanged += numberAt(answer, 'unchanged')
    for (const item of listAt(answer, 'refused'))
      refused.push({ id: batch[numberAt(item, 'index')]?.id ?? '', findings: findingsAt(item) })
    onProgress(start + batch.length)
  }
  return { ...sum, refused }
}
