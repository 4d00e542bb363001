/** What the CPO side does with a token before and after asking the eMSP (tokens 3.4, TOK-090). */

export type WhitelistStep =
  /** Decide at once. */
  | { readonly kind: 'decide'; readonly allowed: boolean; readonly reason: WhitelistReason }
  /** Ask the eMSP in real time and follow it; without an answer the fallback decides. */
  | {
      readonly kind: 'ask'
      readonly fallback: { readonly allowed: boolean; readonly reason: WhitelistReason }
    }

export type WhitelistReason =
  | 'whitelist_always'
  | 'whitelist_always_invalid'
  | 'whitelist_allowed'
  | 'offline_allowed'
  | 'offline_denied'
  | 'whitelist_never_offline'
  | 'unknown_token'

interface KnownToken {
  readonly whitelist: string
  readonly valid: boolean
}

const ask = (allowed: boolean, reason: WhitelistReason): WhitelistStep => ({
  kind: 'ask',
  fallback: { allowed, reason },
})
const decide = (allowed: boolean, reason: WhitelistReason): WhitelistStep => ({
  kind: 'decide',
  allowed,
  reason,
})

/**
 * The decision table of tokens 3.4 as code; `undefined` is a token that is not in the store.
 * ALLOWED and valid is decided from the cache, which the table leaves to the CPO.
 */
export const whitelistStep = (token: KnownToken | undefined): WhitelistStep => {
  switch (token?.whitelist) {
    case 'ALWAYS':
      return token.valid ? decide(true, 'whitelist_always') : decide(false, 'whitelist_always_invalid')
    case 'ALLOWED':
      return token.valid ? decide(true, 'whitelist_allowed') : ask(false, 'offline_denied')
    case 'ALLOWED_OFFLINE':
      return token.valid ? ask(true, 'offline_allowed') : ask(false, 'offline_denied')
    case 'NEVER':
      return ask(false, 'whitelist_never_offline')
    default:
      return ask(false, 'unknown_token')
  }
}

/** Plain words for each reason, for operators and support. */
export const whitelistExplanation: Readonly<Record<WhitelistReason, string>> = {
  whitelist_always: 'The eMSP lists the token as ALWAYS allowed, so it was not asked.',
  whitelist_always_invalid: 'The eMSP lists the token as ALWAYS but marked it invalid.',
  whitelist_allowed: 'The eMSP lists the token as ALLOWED and valid, so the stored token decided.',
  offline_allowed: 'The eMSP did not answer in time; the token may be used while its eMSP is offline.',
  offline_denied: 'The eMSP did not answer in time and the stored token is not valid.',
  whitelist_never_offline: 'The token needs a real-time answer and the eMSP did not answer in time.',
  unknown_token: 'No connected eMSP knows the token.',
}
