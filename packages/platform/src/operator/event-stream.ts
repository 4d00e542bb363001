import type { ServerResponse } from 'node:http'
import type { EventStore, ObjectStore } from '@interwatt/store'
import { eventMessage } from './event-message.js'
import { type FeedWatch, readFeed } from './feed-watch.js'
import { type FrameSource, FrameStream, type Frames, frameOf, type StreamTimes } from './frame-stream.js'

/** Entries read at once: also the most that waits for one slow reader. */
const BATCH = 100

/** Where the event stream reads. */
export interface StreamSource {
  readonly events: EventStore
  readonly objects: Pick<ObjectStore, 'currentSeq'>
  readonly watch: FeedWatch
}

const feedSource = (source: StreamSource, types: readonly string[]): FrameSource => ({
  next: (signal) => source.watch.next(signal),
  async read(after): Promise<Frames> {
    const { entries, position } = await readFeed(source, { after, limit: BATCH, types })
    const frames = entries.map((entry) => frameOf(entry.seq, entry.type, eventMessage(entry)))
    return { frames, position, isFull: entries.length === BATCH }
  },
})

/** One reader of the event stream, which gets events of these types, all when there are none. */
export const openEventStream = (
  source: StreamSource,
  response: ServerResponse,
  options: { readonly types: readonly string[]; readonly times?: StreamTimes },
): FrameStream => new FrameStream(feedSource(source, options.types), response, options.times)
