import {
  type Driver,
  type DriverChargeStore,
  type DriverStore,
  type ObjectLookup,
  tokenKey,
} from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import type { ObjectService } from '../../services.js'

/** What deleting an account works with. */
export interface DeleteDeps {
  readonly drivers: Pick<DriverStore, 'tokens' | 'remove'>
  readonly objects: Pick<ObjectService, 'remove'>
  readonly lookup: Pick<ObjectLookup, 'ofContract'>
  readonly charges: Pick<DriverChargeStore, 'open'>
  now(): number
}

const RUNNING = ['ACTIVE', 'PENDING']
/** A session that nobody has heard of for so long has ended, whatever it says. */
const FORGOTTEN_MS = 3 * 86_400_000
const LOOKED_AT = 100
/** A session may come of a start for so long that nothing else was heard of. */
const STARTING_MS = 5 * 60_000

const isCharging = async (
  { lookup, now }: DeleteDeps,
  { party, contractId }: Pick<Driver, 'party' | 'contractId'>,
): Promise<boolean> => {
  const sessions = await lookup.ofContract('session', party, { contractId, limit: LOOKED_AT })
  return sessions.some(
    ({ document, lastUpdated }) =>
      RUNNING.includes(String(document.status)) && now() - Date.parse(lastUpdated) < FORGOTTEN_MS,
  )
}

/** Whether the driver asked for a charge a moment ago of which a session may come yet. */
const isStarting = async ({ charges, now }: DeleteDeps, { id }: Pick<Driver, 'id'>): Promise<boolean> =>
  (await charges.open(id)).some(
    ({ sessionKey, cdrKey, failure, askedAt }) =>
      sessionKey === null && cdrKey === null && failure === null && now() - Date.parse(askedAt) < STARTING_MS,
  )

/**
 * Deletes a driver: their tokens become invalid, which partners learn of like of any other change, then everything that is stored about them goes.
 * Sessions, CDRs and the withdrawn tokens stay, since bills rest on them. A problem while they charge, or may begin to. May be repeated after a failure.
 */
export const deleteDriver = async (
  deps: DeleteDeps,
  driver: Pick<Driver, 'id' | 'party' | 'contractId'>,
): Promise<Result<null>> => {
  if ((await isCharging(deps, driver)) || (await isStarting(deps, driver)))
    return {
      ...problem(
        409,
        'A charge is running',
        'End the running charge first; then the account can be deleted.',
      ),
      type: 'charge-running',
    }
  for (const { party, uid, type } of await deps.drivers.tokens(driver.id)) {
    const withdrawn = await deps.objects.remove(tokenKey(party, uid, type))
    if (withdrawn.kind === 'problem' && withdrawn.status !== 404) return withdrawn
  }
  await deps.drivers.remove(driver.id)
  return { kind: 'done', value: null }
}
