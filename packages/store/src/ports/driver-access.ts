import type { PartyId } from '@interwatt/protocol'
import type { DriverLanguage } from './drivers.js'

/** A code that was sent to an address of a party's drivers. */
export interface SignInCode {
  readonly party: PartyId
  /** In lower case. */
  readonly email: string
  /** Keyed hash of address and code. */
  readonly hash: string
  /** Language of whoever asked. */
  readonly language: DriverLanguage
  readonly expiresAt: string
}

/** What a passkey is asked to sign, bound to the browser that asked. */
export interface Challenge {
  /** Hash of the text in the browser's cookie. */
  readonly hash: string
  readonly purpose: 'sign-in' | 'add'
  /** Base64url. */
  readonly challenge: string
  /** Who adds a passkey; null at sign-in, when nobody knows yet who it is. */
  readonly driverId: string | null
  readonly expiresAt: string
}

/** A passkey of a driver; the private half never leaves the driver's device. */
export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string
  readonly driverId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  /** Signatures it has counted; 0 for ever where it does not count. */
  readonly counter: number
  readonly transports: readonly string[]
  /** What the driver calls it. */
  readonly name: string
  /** Whether a cloud keeps it, so that it outlives the device. */
  readonly backedUp: boolean
  readonly createdAt: string
  readonly lastUsedAt: string | null
}

/** Storage of what drivers sign in with. */
export interface DriverAccessStore {
  /** Stores a code in place of the one before. */
  putCode(code: SignInCode): Promise<void>
  /** Counts a try at the live code of an address; undefined when there is none, it has expired at an ISO time, or `most` tries were made. */
  tryCode(
    address: Pick<SignInCode, 'party' | 'email'>,
    now: string,
    most: number,
  ): Promise<Pick<SignInCode, 'hash' | 'language'> | undefined>
  /** Uses a code up; false when somebody else just did. */
  useCode(code: Pick<SignInCode, 'party' | 'email' | 'hash'>): Promise<boolean>
  addChallenge(challenge: Challenge): Promise<void>
  /** Takes a challenge away and answers it; undefined when there is none or it has expired at an ISO time. */
  takeChallenge(hash: string, now: string): Promise<Challenge | undefined>
  /** False when the credential is known already. */
  addPasskey(passkey: Passkey): Promise<boolean>
  passkey(id: string): Promise<Passkey | undefined>
  /** Passkeys of a driver, the oldest first. */
  passkeys(driverId: string): Promise<readonly Passkey[]>
  /** Notes a use; false when the passkey is gone or a use with this or a higher count is noted, which says that it was copied. */
  usePasskey(use: Pick<Passkey, 'id' | 'counter' | 'backedUp'> & { readonly at: string }): Promise<boolean>
  removePasskey(driverId: string, id: string): Promise<boolean>
  /** Drops codes and challenges that expired before an ISO time. */
  prune(before: string): Promise<void>
}
