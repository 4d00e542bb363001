import type { MapAnswer, MapQuery } from '../../api/map.js'

/** Waits so long for the map to rest, in milliseconds. */
const REST_MS = 120
/** A map that stays where it is is not asked for more often, in milliseconds. */
const LEAST_MS = 1_000
/** The node knows of a change a little later than it tells of it, in milliseconds. */
const SETTLE_MS = 300
/** After a failure it is tried again so much later, in milliseconds. */
const RETRY_MS = 5_000

/** What a map shows, and whether that failed. */
export interface LiveMapState {
  readonly answer: MapAnswer | undefined
  readonly error: unknown
}

/** Asks for one map; the known one is that of the same query. */
export type FetchMap = (
  query: MapQuery,
  known: MapAnswer | undefined,
  signal: AbortSignal,
) => Promise<MapAnswer>

/**
 * Keeps what a map shows current: asks when the map rests somewhere else, and, at most once a second, while events told of changes that
 * the last answer does not have yet.
 */
export class LiveMap {
  #state: LiveMapState = { answer: undefined, error: undefined }
  #query: MapQuery | undefined
  /** The query of the answer that is shown. */
  #shown: MapQuery | undefined
  /** Position of the newest event that may have changed something. */
  #wantedSeq = 0
  #begunAtMs = Number.NEGATIVE_INFINITY
  #asking: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(
    private readonly fetchMap: FetchMap,
    /** Clock in milliseconds. */
    private readonly now: () => number,
  ) {}

  /** The map shows another part or other stations. */
  look(query: MapQuery): void {
    const first = this.#query === undefined
    this.#query = query
    this.#asking?.abort()
    this.#asking = undefined
    this.#plan(first ? 0 : REST_MS)
  }

  /** Something changed at a position of the node. */
  touch(seq: number): void {
    this.#wantedSeq = Math.max(this.#wantedSeq, seq)
    this.#planReread()
  }

  /** Asks anew, whatever is known. */
  refresh(): void {
    this.#shown = undefined
    this.#plan(0)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#asking?.abort()
    this.#asking = undefined
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): LiveMapState => this.#state

  #plan(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(), delayMs)
  }

  /** Asks again when that would show something new. */
  #planReread(): void {
    const { answer } = this.#state
    const behind = answer === undefined || !answer.complete || answer.seq < this.#wantedSeq
    if (!behind || this.#query === undefined || this.#asking !== undefined || this.#timer !== undefined)
      return
    this.#plan(Math.max(SETTLE_MS, this.#begunAtMs + LEAST_MS - this.now()))
  }

  async #ask(): Promise<void> {
    const query = this.#query
    if (query === undefined) return
    this.#timer = undefined
    this.#begunAtMs = this.now()
    this.#asking?.abort()
    const asking = new AbortController()
    this.#asking = asking
    const known = this.#shown === query ? this.#state.answer : undefined
    try {
      const answer = await this.fetchMap(query, known?.complete === true ? known : undefined, asking.signal)
      if (asking.signal.aborted) return
      this.#shown = query
      this.#asking = undefined
      this.#show({ answer, error: undefined })
      this.#planReread()
    } catch (error) {
      if (asking.signal.aborted) return
      this.#asking = undefined
      this.#show({ answer: this.#state.answer, error })
      this.#plan(RETRY_MS)
    }
  }

  #show(state: LiveMapState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
