/** A JSON value as it came from the node. */
export type Json = unknown
/** A JSON object as it came from the node: OCPI documents are shown whatever else a partner wrote into them. */
export type Doc = { readonly [field: string]: Json }

/** The node answered something else than what this console expects. */
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

/** Whether a value is a JSON object. */
export const isDoc = (value: Json): value is Doc =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text: Reader<string> = (value, place) =>
  typeof value === 'string' ? value : misread(place, 'a text')
export const number: Reader<number> = (value, place) =>
  typeof value === 'number' ? value : misread(place, 'a number')
export const flag: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : misread(place, 'true or false')
export const doc: Reader<Doc> = (value, place) => (isDoc(value) ? value : misread(place, 'an object'))
export const anything: Reader<Json> = (value) => value

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

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, place) =>
    Array.isArray(value)
      ? value.map((item, index) => read(item, `${place}/${index}`))
      : misread(place, 'a list')

export const mapOf =
  <T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value, place) =>
    Object.fromEntries(
      Object.entries(doc(value, place)).map(([name, item]) => [name, read(item, `${place}/${name}`)]),
    )

/** An object with these fields; others are left out. */
export const shape =
  <F extends Readonly<Record<string, Reader<unknown>>>>(
    fields: F,
  ): Reader<{ readonly [N in keyof F]: Read<F[N]> }> =>
  (value, place) => {
    const from = doc(value, place)
    const entries = Object.entries(fields).map(([name, read]) => [name, read(from[name], `${place}/${name}`)])
    return Object.fromEntries(entries)
  }
