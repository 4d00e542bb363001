/** What the holder of an operator key may do; each role may do what those after it may. */
export type OperatorRole = 'admin' | 'operator' | 'support' | 'read-only'

/** Operator keys: only hashes are stored. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly role: OperatorRole
  readonly hash: string
  readonly createdAt: string
}

/** Storage of operator keys. */
export interface ApiKeyStore {
  add(key: ApiKey): Promise<void>
  list(): Promise<readonly ApiKey[]>
  remove(id: string): Promise<boolean>
}

/** An account of a person. */
export interface OperatorAccount {
  readonly id: string
  /** What the person signs in with, such as an e-mail address; in lower case. */
  readonly login: string
  readonly name: string
  readonly role: OperatorRole
  /** Salted hash; null until the person has set a password. */
  readonly password: string | null
  /** Hash of the code that sets a password once. */
  readonly invitationHash: string | null
  readonly invitationExpiresAt: string | null
  /** Id of the key or account that invited. */
  readonly invitedBy: string
  readonly createdAt: string
  readonly lastSignInAt: string | null
  readonly disabledAt: string | null
}

/** Storage of accounts. */
export interface AccountStore {
  /** False when the login is taken. */
  add(account: OperatorAccount): Promise<boolean>
  list(): Promise<readonly OperatorAccount[]>
  get(id: string): Promise<OperatorAccount | undefined>
  byLogin(login: string): Promise<OperatorAccount | undefined>
  /** The account a code belongs to; undefined when it is unknown, used, expired before `now` (ISO), or the account is disabled. */
  byInvitation(hash: string, now: string): Promise<OperatorAccount | undefined>
  /** Sets the password by a code, which is used up; undefined when the code does not count. */
  accept(hash: string, now: string, password: string): Promise<OperatorAccount | undefined>
  /** False when there is no such account. */
  update(
    id: string,
    change: Partial<Omit<OperatorAccount, 'id' | 'login' | 'invitedBy' | 'createdAt'>>,
  ): Promise<boolean>
  /** Ends its sign-ins, all but the one with the hash `except`; how many. */
  endSessions(id: string, except?: string): Promise<number>
}

/** A sign-in of the console, with an operator key or an account: one of the two ids is there. */
export interface OperatorSession {
  /** Hash of the text in the cookie. */
  readonly hash: string
  readonly keyId: string | null
  readonly accountId: string | null
  readonly createdAt: string
  /** ISO time after which it counts no more. */
  readonly expiresAt: string
}

/** A sign-in that still counts, with name and role of its key or account. */
export interface KnownSession extends OperatorSession {
  readonly name: string
  readonly role: OperatorRole
  /** Null for a sign-in with a key. */
  readonly login: string | null
}

/** Storage of sign-ins. */
export interface OperatorSessionStore {
  add(session: OperatorSession): Promise<void>
  /** Undefined when unknown, ended, expired before `now` (ISO), its key is withdrawn, or its account disabled. */
  find(hash: string, now: string): Promise<KnownSession | undefined>
  remove(hash: string): Promise<boolean>
  /** Drops sign-ins that expired before an ISO time; how many. */
  prune(before: string): Promise<number>
}

/** A receiver of signed deliveries (Standard Webhooks). */
export interface Webhook {
  readonly id: string
  readonly url: string
  /** Signing secret, encrypted. */
  readonly secret: string
  /** Event types wanted, `*` suffix allowed; empty for all. */
  readonly types: readonly string[]
  readonly cursor: number
  readonly failures: number
  readonly retryAt: string | null
  readonly lastError: string | null
  readonly disabledAt: string | null
  readonly createdAt: string
}

/** Storage of webhooks with the place each has reached in the feed. */
export interface WebhookStore {
  add(webhook: Webhook): Promise<void>
  list(): Promise<readonly Webhook[]>
  get(id: string): Promise<Webhook | undefined>
  update(
    id: string,
    change: Partial<Pick<Webhook, 'cursor' | 'failures' | 'retryAt' | 'lastError' | 'disabledAt'>>,
  ): Promise<void>
  remove(id: string): Promise<boolean>
  /** Leases the right to deliver to one webhook, so that nodes do not deliver twice. */
  lease(id: string, workerId: string, leaseMs: number): Promise<boolean>
}

/** One decision on a token, kept with its reason (tokens 3.4). */
export interface AuthorizationRecord {
  readonly id: string
  readonly at: string
  readonly direction: 'asked' | 'answered'
  readonly partnerId: string | null
  readonly tokenUid: string
  readonly tokenType: string
  readonly allowed: string
  readonly reason: string
  readonly durationMs: number
  readonly authorizationReference: string | null
  readonly locationId: string | null
}

/** Storage of decisions on tokens. */
export interface AuthorizationStore {
  /** Drops decisions made before `before` (ISO); how many. */
  prune(before: string): Promise<number>
  add(record: AuthorizationRecord): Promise<void>
  get(id: string): Promise<AuthorizationRecord | undefined>
  list(limit: number): Promise<readonly AuthorizationRecord[]>
}
