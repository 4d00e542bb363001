/** One SQL statement. A `name` prepares it once per connection; without one it is planned for its values each time. */
export interface Statement {
  readonly name?: string
  readonly text: string
}

/** Rows of an answered statement and how many rows it touched. */
export interface Answer<Row> {
  readonly rows: readonly Row[]
  readonly rowCount: number
}

/** Anything a statement can be sent to: the database itself or a transaction. */
export interface Queryable {
  /** Sends one statement; throws `StoreUnavailable` when the database cannot answer, the driver's error otherwise. */
  query<Row extends object = Record<string, unknown>>(
    statement: Statement,
    params?: readonly unknown[],
  ): Promise<Answer<Row>>
}
