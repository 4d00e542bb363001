import type { Dispatcher } from 'undici'
import type { Deadline, Endable } from './deadline.js'

/** What came of an exchange: an answer read in full, or what ended it. */
export type Exchanged =
  | {
      readonly httpStatus: number
      readonly headers: Readonly<Record<string, string | string[] | undefined>>
      readonly text: string
    }
  | {
      readonly error: unknown
      /** Whether a connection had begun to send the request. */
      readonly started: boolean
    }

class TooLarge extends Error {}

/**
 * One request on a connection and its answer in memory, up to a number of bytes and a deadline. A handler of undici's
 * `dispatch`: its `request` makes a stream and an abort listener for each answer, most of which are a hundred bytes.
 */
export class Exchange implements Dispatcher.DispatchHandler, Endable {
  private controller: Dispatcher.DispatchController | undefined
  private httpStatus = 0
  private headers: Readonly<Record<string, string | string[] | undefined>> = {}
  private chunks: Buffer[] | undefined
  private first: Buffer | undefined
  private length = 0
  private isSettled = false

  constructor(
    private readonly maxBytes: number,
    private readonly deadline: Deadline,
    private readonly settle: (exchanged: Exchanged) => void,
  ) {
    deadline.watch(this)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // It was waiting for a connection when its time was over.
    if (this.isSettled) controller.abort(this.deadline.reason ?? new Error('the request is over'))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    httpStatus: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // Informational answers come before the one that counts.
    if (httpStatus < 200) return
    this.httpStatus = httpStatus
    this.headers = headers
    if (Number(headers['content-length'] ?? 0) > this.maxBytes) this.refuse()
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isSettled) return
    this.length += chunk.length
    if (this.length > this.maxBytes) this.refuse()
    else if (this.first === undefined) this.first = chunk
    else if (this.chunks === undefined) this.chunks = [this.first, chunk]
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.isSettled) return
    this.isSettled = true
    const whole = this.chunks === undefined ? this.first : Buffer.concat(this.chunks, this.length)
    this.settle({ httpStatus: this.httpStatus, headers: this.headers, text: whole?.toString('utf8') ?? '' })
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    this.fail(error)
  }

  /** Ends the connection too: what is still on its way belongs to nobody. */
  end(reason: Error): void {
    this.fail(reason)
    this.controller?.abort(reason)
  }

  private refuse(): void {
    this.end(new TooLarge(`the answer is larger than ${this.maxBytes} bytes`))
  }

  private fail(error: unknown): void {
    if (this.isSettled) return
    this.isSettled = true
    this.first = undefined
    this.chunks = undefined
    this.settle({ error, started: this.controller !== undefined })
  }
}
