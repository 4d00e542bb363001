import type { ObjectStore } from '@interwatt/store'

/** Stores a tariff as a change of the feed. */
export const storeTariff = async (objects: ObjectStore, id: string, currency: string): Promise<void> => {
  const lastUpdated = new Date().toISOString()
  await objects.write({
    reads: [],
    plan: () => ({
      result: null,
      upserts: [
        {
          key: { kind: 'tariff', countryCode: 'DE', partyId: 'IWC', id },
          document: { id, currency, last_updated: lastUpdated },
          lastUpdated,
          versionIn: '2.3.0',
          unmapped: null,
          receivedFrom: null,
          changedFields: null,
        },
      ],
    }),
  })
}

/** One event as a reader of the stream sees it. */
export interface StreamedEvent {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string | undefined
}

const fieldOf = (frame: string, name: string): string | undefined =>
  frame
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2)

/** A reader of the event stream; `next` gives one event at a time, comments left out. */
export class StreamReader implements AsyncDisposable {
  readonly comments: string[] = []
  #text = ''
  readonly #decoder = new TextDecoder()
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>

  constructor(readonly response: Response) {
    if (response.body === null) throw new Error('no stream')
    this.#reader = response.body.getReader()
  }

  /** The next event; undefined when the stream has ended. */
  async next(): Promise<StreamedEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end === -1) {
        const { done, value } = await this.#reader.read()
        if (done) return undefined
        this.#text += this.#decoder.decode(value, { stream: true })
        continue
      }
      const frame = this.#text.slice(0, end)
      this.#text = this.#text.slice(end + 2)
      if (frame.startsWith(':')) this.comments.push(frame)
      const data = fieldOf(frame, 'data')
      if (data !== undefined) return { id: fieldOf(frame, 'id'), event: fieldOf(frame, 'event'), data }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel().catch(() => {})
  }
}
