/**
 * Field tables: every OCPI object as data, written once. Types, validation, JSON Schema and the census
 * are read from these tables, so a field has one place where its type, length and cardinality stand.
 */

/** How often a field appears: `1` required, `?` optional, `*` any number, `+` at least one. */
export type Cardinality = '1' | '?' | '*' | '+'

/** Text types of the specification (2.2.1 `types`); lengths count Unicode code points. */
export interface TextSchema {
  readonly kind: 'text'
  readonly type: 'CiString' | 'string' | 'DateTime' | 'URL'
  readonly max: number | undefined
  readonly format: TextFormat | undefined
}

/** A narrower form of a text field, with the rule that asks for it. */
export interface TextFormat {
  readonly name: string
  readonly rule: string
  /** JSON Schema pattern, where a pattern says it all. */
  readonly pattern?: string
  accepts(text: string): boolean
}

/** `number` or `int`; `digits` bounds the digits of an int. */
export interface NumberSchema {
  readonly kind: 'number'
  readonly type: 'number' | 'int'
  readonly digits: number | undefined
}

/** A JSON boolean. */
export interface BooleanSchema {
  readonly kind: 'boolean'
}

/** An enumeration; `open` ones (2.3.0 OpenEnum) accept values nobody listed. */
export interface EnumSchema {
  readonly kind: 'enum'
  readonly name: string
  readonly anchor: string
  readonly open: boolean
  readonly values: readonly string[]
}

/** A class of the specification: its field table, and checks over several fields. */
export interface ObjectSchema {
  readonly kind: 'object'
  readonly name: string
  readonly anchor: string
  readonly fields: Readonly<Record<string, Field>>
  readonly checks: readonly ObjectCheck[]
}

/** What a value of a document can be. */
export type Schema = TextSchema | NumberSchema | BooleanSchema | EnumSchema | ObjectSchema

/** A schema that knows the TypeScript type of its values. */
export type Typed<T, S extends Schema = Schema> = S & { readonly __type?: T }

/** One row of a field table. */
export interface Field {
  readonly schema: Schema
  readonly card: Cardinality
  /** Rule cited when the value is missing or of the wrong type, where one says more than the anchor. */
  readonly rule?: string
  readonly tolerance?: Tolerance
}

/** What is accepted of one field on receipt beyond its schema; each use is a warning, on sending an error. */
export interface Tolerance {
  readonly rule: string
  /** Greatest length in code points that is kept, where editions of a version differ. */
  readonly maxReceived?: number
  /** Turns a known near-miss (of an item, in a list) into what was meant; `undefined` when it is none. */
  readonly repair?: (value: unknown) => unknown
  /** What a repair found and did, after the name of the field: `has a region; cut to two letters`. */
  readonly note?: string
  /** Values of the field are shown in no finding: they may hold what nobody should keep. */
  readonly hidesValue?: true
  /** Stands for a required field that is not there. */
  readonly ifMissing?: unknown
  /** Values of an enumeration that are taken and kept although it does not list them. */
  readonly alsoReceived?: readonly string[]
}

type TypedField<T, C extends Cardinality> = { readonly schema: Typed<T>; readonly card: C }

/** The TypeScript type of the values of a schema. */
export type Infer<S> = S extends { readonly __type?: infer T } ? Exclude<T, undefined> : never

/** A deviation that a cross-field check reports; the pointer is relative to the object. */
export interface CheckResult {
  readonly pointer: string
  readonly message: string
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `rule_broken` unless stated. */
  readonly code?: 'rule_broken' | 'unknown_field'
}

/** A rule over several fields of one object. Runs only when the fields themselves are well-formed. */
export interface ObjectCheck {
  (value: Readonly<Record<string, unknown>>): readonly CheckResult[]
  /** Fields it reads: in a patch it runs only when all of them are given. */
  readonly needs?: readonly string[]
}

type FieldTable = Readonly<Record<string, { readonly schema: Schema; readonly card: Cardinality }>>
type RequiredKey<F extends FieldTable> = {
  [K in keyof F]: F[K]['card'] extends '1' | '+' ? K : never
}[keyof F]
type FieldValue<X extends Field> = X['card'] extends '*' | '+' ? Infer<X['schema']>[] : Infer<X['schema']>
type Flat<T> = { [K in keyof T]: T[K] }
/** The TypeScript type of an object with these fields. */
export type DocumentOf<F extends FieldTable> = Flat<
  { [K in RequiredKey<F>]: FieldValue<F[K]> } & {
    [K in Exclude<keyof F, RequiredKey<F>>]?: FieldValue<F[K]> | undefined
  }
>

/** Case-insensitive printable ASCII of at most `max` characters. */
export const ciString = (max?: number, format?: TextFormat): Typed<string, TextSchema> => ({
  kind: 'text',
  type: 'CiString',
  max,
  format,
})

/** Case-sensitive printable UTF-8 of at most `max` code points. */
export const string = (max?: number, format?: TextFormat): Typed<string, TextSchema> => ({
  kind: 'text',
  type: 'string',
  max,
  format,
})

/** RFC 3339 subset in UTC, with or without zone and fraction. */
export const dateTime = (): Typed<string, TextSchema> => ({
  kind: 'text',
  type: 'DateTime',
  max: 25,
  format: undefined,
})

/** Absolute http or https URL of at most 255 characters. */
export const url = (): Typed<string, TextSchema> => ({
  kind: 'text',
  type: 'URL',
  max: 255,
  format: undefined,
})

/** A JSON number, of any size and sign. */
export const number = (): Typed<number, NumberSchema> => ({
  kind: 'number',
  type: 'number',
  digits: undefined,
})

/** A whole JSON number, with at most so many digits. */
export const int = (digits?: number): Typed<number, NumberSchema> => ({ kind: 'number', type: 'int', digits })

/** A JSON boolean. */
export const boolean = (): Typed<boolean, BooleanSchema> => ({ kind: 'boolean' })

/** A closed enumeration: a value that is not listed is refused. */
export const closed = <const V extends readonly string[]>(
  name: string,
  anchor: string,
  values: V,
): Typed<V[number], Omit<EnumSchema, 'values'> & { readonly values: V }> => ({
  kind: 'enum',
  name,
  anchor,
  open: false,
  values,
})

/** An open enumeration: a value that is not listed is kept and passed on. */
export const open = <const V extends readonly string[]>(
  name: string,
  anchor: string,
  values: V,
): Typed<V[number] | (string & {}), EnumSchema> => ({ kind: 'enum', name, anchor, open: true, values })

/** An object or class, its fields in the order of the specification. */
export const object = <F extends FieldTable>(
  name: string,
  anchor: string,
  fields: F,
  ...checks: ObjectCheck[]
): Typed<DocumentOf<F>, ObjectSchema> & { readonly fields: F } => ({
  kind: 'object',
  name,
  anchor,
  fields,
  checks,
})

/** Required, once. */
export const one = <T>(schema: Typed<T>): TypedField<T, '1'> => ({ schema, card: '1' })
/** At most once. */
export const opt = <T>(schema: Typed<T>): TypedField<T, '?'> => ({ schema, card: '?' })
/** A list, which may be empty or left out. */
export const many = <T>(schema: Typed<T>): TypedField<T, '*'> => ({ schema, card: '*' })
/** A list of at least one. */
export const some = <T>(schema: Typed<T>): TypedField<T, '+'> => ({ schema, card: '+' })
