import type { PartyId } from '@interwatt/protocol'
import type { Core } from '../node/core.js'
import type { NodeServices } from '../services.js'

/** Everything the driver API needs from the node it runs in. */
export interface DriverApiDeps {
  readonly core: Core
  readonly services: NodeServices
  /** Folder of the built driver app, served at `/drive`; nothing is when left out. */
  readonly driveFolder?: string
}

/** The eMSP whose drivers are served. */
export interface Provider {
  readonly party: PartyId
  readonly name: string
}
