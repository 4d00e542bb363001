import type { QueryClient } from '@tanstack/react-query'

/** Queries that a kind of event makes out of date, by the first part of its type. */
const TOUCHES: Readonly<Record<string, readonly string[]>> = {
  location: ['locations', 'statuses'],
  evse: ['locations', 'statuses'],
  tariff: ['tariffs'],
  token: ['tokens', 'drivers'],
  session: ['sessions'],
  cdr: ['cdrs', 'tour'],
  command: ['commands', 'tour'],
  partner: ['partners', 'problems', 'partner-traffic'],
  party: ['parties'],
  problem_report: ['problem-reports'],
}

/** What a type of event touches; nothing for types no page shows. */
export const touchedBy = (type: string): readonly string[] =>
  Object.entries(TOUCHES).find(([name]) => type.startsWith(`${name}.`))?.[1] ?? []

/** Changes of this time are shown together, in milliseconds: at hundreds of events a second pages are read once. */
const GATHER_MS = 1_500

/** Gathers what events touch and has it read again, at most once in a while. */
export class Invalidation {
  readonly #touched = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly queries: QueryClient) {}

  touch(type: string): void {
    for (const name of touchedBy(type)) this.#touched.add(name)
    if (this.#touched.size > 0) this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #flush(): void {
    this.#timer = undefined
    const names = [...this.#touched]
    this.#touched.clear()
    for (const name of names) this.queries.invalidateQueries({ queryKey: [name] }).catch(() => undefined)
  }
}
