/** One forward step of the schema, applied in a transaction of its own and never edited after release. */
export interface Migration {
  readonly id: number
  readonly name: string
  /** Statements without parameters. */
  readonly sql: string
}
