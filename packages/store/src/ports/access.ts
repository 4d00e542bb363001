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

/** A sign-in of the console with an operator key. */
export interface OperatorSession {
  /** Hash of the text in the cookie. */
  readonly hash: string
  readonly keyId: string
  readonly createdAt: string
  /** ISO time after which it counts no more. */
  readonly expiresAt: string
}

/** A sign-in that still counts, with the key it was made with. */
export interface KnownSession extends OperatorSession {
  readonly keyName: string
  readonly role: OperatorRole
}

/** Storage of sign-ins. */
export interface OperatorSessionStore {
  add(session: OperatorSession): Promise<void>
  /** Undefined when unknown, ended, expired before `now` (ISO), or its key is withdrawn. */
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
