import type { ObjectStore, Partner } from '@interwatt/store'
import { type ClientRole, connectedRoles, readHubClients } from '@interwatt/sync'
import type { Directory } from './partner-directory.js'

/** Roles of the parties behind a hub, kept in memory. */
export interface HubClients {
  /** Roles that a hub says are CONNECTED, besides those it registered; none of a partner that is no hub. */
  of(partner: Pick<Partner, 'id' | 'roles' | 'hubParty'>): Promise<readonly ClientRole[]>
  /** Called when the hub said something of its clients here. */
  forget(hubId: string): void
}

/** How long after a hub told another node of a client this node may not know. */
const KEPT_MS = 5_000

interface Kept {
  readonly until: number
  readonly said: ReturnType<typeof readHubClients>
}

/** Reads what hubs say of their clients at most every five seconds, and at once after `forget`. */
export const createHubClients = (
  objects: Pick<ObjectStore, 'page'>,
  directory: Pick<Directory, 'hosted' | 'partners'>,
  now: () => number,
): HubClients => {
  const kept = new Map<string, Kept>()
  const saidBy = (hubId: string): Kept['said'] => {
    const known = kept.get(hubId)
    if (known !== undefined && now() < known.until) return known.said
    const said = readHubClients(objects, hubId)
    kept.set(hubId, { until: now() + KEPT_MS, said })
    // What the database did not answer is asked again.
    said.catch(() => kept.delete(hubId))
    return said
  }
  return {
    async of(partner) {
      if (partner.hubParty === null) return []
      const known = { hosted: directory.hosted(), partners: directory.partners() }
      return connectedRoles(partner, await saidBy(partner.id), known)
    },
    forget: (hubId) => kept.delete(hubId),
  }
}
