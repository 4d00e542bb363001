import type {
  AccountStore,
  ApiKeyStore,
  EventStore,
  ObjectStore,
  OperatorSessionStore,
  WebhookStore,
} from '@interwatt/store'
import type { MapStyle } from '../map-style.rules.js'
import type { NodeServices } from '../services.js'
import type { PasswordCost } from './accounts/passwords.js'
import type { Metrics } from './metrics.js'

/** Seals webhook secrets and recognises operator keys. */
export interface OperatorSecrets {
  encrypt(text: string): string
  decrypt(text: string): string
  hash(text: string): string
}

/** State of the node for `/health/ready`; a check's text is `ok` or says what is wrong. */
export interface Readiness {
  readonly ok: boolean
  readonly checks: Readonly<Record<string, string>>
}

/** Everything the operator API needs from the node it runs in. */
export interface OperatorDeps {
  readonly services: NodeServices
  readonly events: EventStore
  readonly keys: ApiKeyStore
  readonly sessions: OperatorSessionStore
  readonly accounts: AccountStore
  readonly webhooks: WebhookStore
  readonly objects: Pick<ObjectStore, 'currentSeq' | 'waitForChange'>
  readonly secrets: OperatorSecrets
  /** Base of every URL given out, no trailing slash. */
  readonly publicUrl: string
  /** Version of this product, for the OpenAPI document. */
  readonly version: string
  ready(): Promise<Readiness>
  readonly metrics: Metrics
  /** What a hash of a password costs; what is sensible when left out. */
  readonly passwordCost?: PasswordCost
  /** How long a sign-in lasts, in hours; 12 when left out. */
  readonly sessionHours?: number
  /** The map that web apps draw stations on; their own when left out or null. */
  readonly mapStyle?: MapStyle | null
  /** Folder of a built web app that is served at `/`; nothing is when left out. */
  readonly consoleFolder?: string
  /** How often it is looked whether a reader of events may still listen, in milliseconds; 10,000 when left out. */
  readonly recheckMs?: number
  /** Permits webhook URLs with http; addresses are checked when delivering. False when left out. */
  readonly allowPrivateWebhooks?: boolean
  /** Clock in epoch milliseconds; the system clock when left out. */
  now?(): number
}
