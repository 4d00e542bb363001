/** Something that happened and is not the state of an OCPI object: commands, partners, authorizations, refusals. */
export interface NodeEvent {
  /** Dotted name, e.g. `command.received`. */
  readonly type: string
  /** What it is about, e.g. a command id or partner id. */
  readonly subject: string
  readonly data: unknown
}

/** One entry of the feed that webhooks and event streams read: object changes and events in one order. */
export interface FeedEntry {
  readonly seq: number
  /** ISO time. */
  readonly at: string
  /** `location.updated`, `cdr.created`, `command.received` … */
  readonly type: string
  readonly subject: string
  readonly data: unknown
}

/** Storage of events, and the feed of everything that happens. */
export interface EventStore {
  /** Appends an event; resolves when durable. */
  append(event: NodeEvent): Promise<number>
  /** The feed above `after`, oldest first. Object changes appear as their newest state. */
  feed(query: {
    readonly after: number
    readonly limit: number
    readonly types?: readonly string[]
  }): Promise<readonly FeedEntry[]>
  /** Drops events older than `before` (ISO); object state is never dropped. */
  prune(before: string): Promise<number>
}
