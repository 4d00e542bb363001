/** A JSON value as it came from the node. */
export type Json = unknown

/** The node answered something else than what this app expects. */
export class Misread extends Error {
  override readonly name = 'Misread'
}

/** Reads a value; throws `Misread` with its place. */
export type Reader<T> = (value: Json, place: string) => T
/** What a reader gives. */
export type Read<R> = R extends Reader<infer T> ? T : never

const misread = (place: string, wanted: string): never => {
  throw new Misread(`${place || 'The answer'} is not ${wanted}.`)
}

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is a list. */
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** The value of a field; undefined where there is no object or no such field. */
export const fieldOf = (value: Json, name: string): Json => (isObject(value) ? value[name] : undefined)

/** The text of a field; empty where there is none. */
export const textOf = (value: Json, name: string): string => {
  const found = fieldOf(value, name)
  return typeof found === 'string' ? found : ''
}

/** Reads a text. */
export const text: Reader<string> = (value, place) =>
  typeof value === 'string' ? value : misread(place, 'a text')
/** Reads a number. */
export const number: Reader<number> = (value, place) =>
  typeof value === 'number' ? value : misread(place, 'a number')
/** Reads true or false. */
export const flag: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : misread(place, 'true or false')
/** Takes what comes. */
export const anything: Reader<Json> = (value) => value
/** Reads an answer without a body. */
export const nothing: Reader<void> = () => undefined

/** Reads an exact decimal: a text of digits, or a number that is written out. */
export const decimal: Reader<string> = (value, place) => {
  const written = typeof value === 'number' ? String(value) : value
  return typeof written === 'string' && /^-?\d+(\.\d+)?$/.test(written)
    ? written
    : misread(place, 'a decimal number')
}

/** A value that may be null or missing; null then. */
export const optional =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, place) =>
    value === null || value === undefined ? null : read(value, place)

/** One of some texts; anything else is a misreading. */
export const oneOf =
  <const T extends readonly string[]>(values: T): Reader<T[number]> =>
  (value, place) =>
    values.find((known) => known === value) ?? misread(place, `one of ${values.join(', ')}`)

/** A list whose items are all read. */
export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, place) =>
    Array.isArray(value)
      ? value.map((item, index) => read(item, `${place}/${index}`))
      : misread(place, 'a list')

/** `{ items: [...] }`, as lists are answered; the items. */
export const itemsOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, place) =>
    listOf(read)(fieldOf(value, 'items'), `${place}/items`)

/** An object with these fields; others are left out. */
export const shape =
  <F extends Readonly<Record<string, Reader<unknown>>>>(
    fields: F,
  ): Reader<{ readonly [N in keyof F]: Read<F[N]> }> =>
  (value, place) => {
    const from = isObject(value) ? value : misread(place, 'an object')
    const entries = Object.entries(fields).map(([name, read]) => [name, read(from[name], `${place}/${name}`)])
    return Object.fromEntries(entries)
  }

/** Reads an amount of money: exact decimal text and a currency. */
export const money = shape({ amount: decimal, currency: text })
