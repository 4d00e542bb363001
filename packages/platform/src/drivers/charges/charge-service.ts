import type { ChargeMeans, Driver, DriverCharge, DriverLanguage } from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import { adoptFor } from './adopt.js'
import { isOver } from './charge-state.rules.js'
import { type ChargeView, viewCharge } from './charge-view.js'
import type { ChargeDeps } from './deps.js'
import { type GatheredCharge, gatherCharge, readingsOf, whyFailed } from './gather.js'
import { preferCharge, type WantedPreferences } from './prefer.js'
import { type StartWish, startCharge } from './start-charge.js'
import { stopCharge } from './stop-charge.js'

/** A part of a driver's charges, newest first. */
export interface ChargePage {
  readonly charges: readonly ChargeView[]
  /** The last one, where more may follow. */
  readonly last: DriverCharge | undefined
}

/** What a driver does with charges. Every call is about the driver's own: those of others are not there. */
export interface ChargeService {
  start(
    driver: Driver,
    wish: StartWish,
    language: DriverLanguage,
  ): Promise<Result<{ readonly charge: ChargeView; readonly isNew: boolean }>>
  list(
    driver: Driver,
    query: {
      readonly before?: { readonly seq: number; readonly id: string }
      readonly means?: ChargeMeans
      readonly limit: number
    },
    language: DriverLanguage,
  ): Promise<ChargePage>
  /** Charges that are not over, newest first. */
  current(driver: Driver, language: DriverLanguage): Promise<readonly ChargeView[]>
  get(driver: Driver, id: string, language: DriverLanguage): Promise<Result<ChargeView>>
  /** A charge with everything known of it. */
  gathered(driver: Driver, id: string): Promise<Result<GatheredCharge>>
  stop(driver: Driver, id: string, language: DriverLanguage): Promise<Result<ChargeView>>
  prefer(
    driver: Driver,
    id: string,
    wanted: WantedPreferences,
    language: DriverLanguage,
  ): Promise<Result<ChargeView>>
}

/** Charges put together at once: each takes several connections of the pool, which others need as well. */
const AT_ONCE = 3

const fewAtOnce = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const done: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE)
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))))
  return done
}

const notFound = () => problem(404, 'Not found', 'You have no such charge.')

/** Charges of drivers. */
export const createChargeService = (deps: ChargeDeps): ChargeService => {
  const view = async (
    charge: DriverCharge,
    language: DriverLanguage,
    isOneOfMany = false,
  ): Promise<ChargeView> => {
    const gathered = await gatherCharge(deps, charge)
    if (charge.isOpen && isOver(gathered.state)) await deps.charges.change(charge.id, { isOpen: false })
    // NOTE: finding out why reads messages; a list is told in general terms.
    const why = isOneOfMany ? undefined : await whyFailed(deps, gathered)
    return viewCharge(gathered, { language, readings: await readingsOf(deps, gathered), why })
  }
  const viewed = async (
    result: Result<DriverCharge>,
    language: DriverLanguage,
  ): Promise<Result<ChargeView>> =>
    result.kind === 'done' ? { kind: 'done', value: await view(result.value, language) } : result
  const found = async (driver: Driver, id: string): Promise<Result<DriverCharge>> => {
    await adoptFor(deps.charges, driver.id)
    const charge = await deps.charges.get(driver.id, id)
    return charge === undefined ? notFound() : { kind: 'done', value: charge }
  }
  return {
    async start(driver, wish, language) {
      const started = await startCharge(deps, driver, wish)
      if (started.kind === 'problem') return started
      const { charge, isNew } = started.value
      return { kind: 'done', value: { charge: await view(charge, language), isNew } }
    },
    async list(driver, query, language) {
      await adoptFor(deps.charges, driver.id)
      const charges = await deps.charges.list(driver.id, query)
      return {
        charges: await fewAtOnce(charges, (charge) => view(charge, language, true)),
        last: charges.length < query.limit ? undefined : charges.at(-1),
      }
    },
    async current(driver, language) {
      await adoptFor(deps.charges, driver.id)
      const open = await deps.charges.open(driver.id)
      const views = await fewAtOnce(open, (charge) => view(charge, language))
      return views.filter(({ is_over }) => !is_over)
    },
    get: async (driver, id, language) => viewed(await found(driver, id), language),
    async gathered(driver, id) {
      const charge = await found(driver, id)
      return charge.kind === 'done' ? { kind: 'done', value: await gatherCharge(deps, charge.value) } : charge
    },
    async stop(driver, id, language) {
      const charge = await found(driver, id)
      return charge.kind === 'done' ? viewed(await stopCharge(deps, charge.value), language) : charge
    },
    async prefer(driver, id, wanted, language) {
      const charge = await found(driver, id)
      return charge.kind === 'done'
        ? viewed(await preferCharge(deps, charge.value, wanted), language)
        : charge
    },
  }
}
