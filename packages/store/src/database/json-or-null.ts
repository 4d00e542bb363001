/** A value as the text of a jsonb parameter; null for what is not there. */
export const jsonOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value)
