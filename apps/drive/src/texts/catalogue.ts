import type { english } from './en.js'

/** The English texts, as they are written: what other languages have to answer, and which values each text takes. */
export type English = typeof english

/** A text that depends on a number, `{count}`: how it reads for one, and for every other number. */
export interface Counted {
  readonly one: string
  readonly other: string
}

/** The texts of one part of the app in another language: the same keys, none missing and none more. */
export type Translated<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Counted
}

/** All texts in one language. */
export type Catalogue = { readonly [Part in keyof English]: Translated<English[Part]> }

type Named<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never

/** What has to be told for a text: nothing, or the values between its braces. */
export type ValuesOf<Text> = Text extends string
  ? [Named<Text>] extends [never]
    ? []
    : [values: Readonly<Record<Named<Text>, string | number>>]
  : Text extends { readonly one: infer One; readonly other: infer Other }
    ? [values: { readonly count: number } & Readonly<Record<Named<One | Other>, string | number>>]
    : never
