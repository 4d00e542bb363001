import type { ObjectKey } from './objects.js'

/** What real-time authorization answers for one of our tokens instead of the plain rule. */
export interface TokenRule {
  readonly allowed: 'ALLOWED' | 'BLOCKED' | 'EXPIRED' | 'NO_CREDIT' | 'NOT_ALLOWED'
  /** Only at these locations; a question without location is then answered 2002. */
  readonly locations?: readonly string[]
  /** At a location named here only at these EVSEs; others are not narrowed. A question without location is answered 2002. */
  readonly evses?: readonly { readonly location_id: string; readonly evse_uids: readonly string[] }[]
  readonly info?: { readonly language: string; readonly text: string }
}

/** Storage of the rules of our own tokens. */
export interface TokenRuleStore {
  get(token: ObjectKey): Promise<TokenRule | undefined>
  /** Sets the rule of a token, or removes it with null. */
  put(token: ObjectKey, rule: TokenRule | null): Promise<void>
}
