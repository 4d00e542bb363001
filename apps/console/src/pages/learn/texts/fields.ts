/** Versions of OCPI that the texts know. */
export type KnownVersion = '2.1.1' | '2.2.1' | '2.3.0'

/** What a field of a message means, in words of our own. */
export interface FieldText {
  /** Names and list positions from the body, joined by slashes. */
  readonly path: string
  readonly means: string
  /** Rules that decide about it, by the ids that findings cite. */
  readonly rules: readonly string[]
  /** What is different in a version. */
  readonly differs: Readonly<Partial<Record<KnownVersion, string>>>
}

/** The fields of a document that matter, and where the specification describes it. */
export interface DocumentText {
  /** Section of the specification, by the name of its anchor. */
  readonly section: string
  readonly fields: readonly FieldText[]
}

/** A field with its meaning; rules and differences where there are some. */
export const field = (
  path: string,
  means: string,
  more: Partial<Pick<FieldText, 'rules' | 'differs'>> = {},
): FieldText => ({ path, means, rules: [], differs: {}, ...more })
