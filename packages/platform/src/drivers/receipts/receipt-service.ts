import type { Driver, DriverChargeStore, DriverLanguage, ObjectStore } from '@interwatt/store'
import type { CdrCheckService } from '../../cdr-checks/port.js'
import { problem, type Result } from '../../result.js'
import type { ChargeService } from '../charges/charge-service.js'
import type { GatheredCharge } from '../charges/gather.js'
import { type ReceiptView, type Seller, viewReceipt } from './receipt.js'
import { type StatementView, viewStatement } from './statement-view.js'
import { countedCdr, type MonthTotals, monthsOf } from './statements.js'

/** What receipts are made with. */
export interface ReceiptDeps {
  readonly charges: Pick<ChargeService, 'gathered'>
  readonly store: Pick<DriverChargeStore, 'cdrs'>
  readonly cdrChecks: Pick<CdrCheckService, 'get' | 'check'>
  readonly objects: Pick<ObjectStore, 'getMany'>
}

/** For whom and in what receipts are made. */
export interface Recipient {
  readonly driver: Driver
  readonly seller: Seller
  readonly language: DriverLanguage
  readonly timeZone: string
}

/** Receipts and statements of drivers. */
export interface ReceiptService {
  /** 404 for what is not the driver's, 409 while there is no CDR. */
  receipt(to: Recipient, chargeId: string): Promise<Result<ReceiptView>>
  months(to: Recipient): Promise<readonly MonthTotals[]>
  statement(to: Recipient, month: string): Promise<StatementView>
}

/** More CDRs than any driver has. */
const MOST_CDRS = 10_000

const checkOf = async (
  { cdrChecks }: ReceiptDeps,
  { cdr }: GatheredCharge,
): Promise<Parameters<typeof viewReceipt>[1]['check']> => {
  if (cdr === undefined) return undefined
  const known = await cdrChecks.get(cdr.key)
  if (known.kind === 'done' && known.value.record.result !== null) return known.value.record
  const checked = await cdrChecks.check(cdr.key)
  return checked.kind === 'done' ? checked.value.record : undefined
}

/** Receipts and statements. */
export const createReceiptService = (deps: ReceiptDeps): ReceiptService => {
  const counted = async ({ driver, timeZone }: Recipient) =>
    (await deps.store.cdrs(driver.id, MOST_CDRS)).flatMap((cdr) => countedCdr(cdr, timeZone))
  return {
    async receipt({ driver, seller, language, timeZone }, chargeId) {
      const gathered = await deps.charges.gathered(driver, chargeId)
      if (gathered.kind === 'problem') return gathered
      const check = await checkOf(deps, gathered.value)
      const receipt = viewReceipt(gathered.value, { language, seller, timeZone, check })
      if (receipt !== undefined) return { kind: 'done', value: receipt }
      const none = problem(409, 'No receipt yet', 'The operator has not sent a receipt of this charging yet.')
      return { ...none, type: 'no-receipt' }
    },
    months: async (to) => monthsOf(await counted(to)),
    async statement(to, month) {
      const cdrs = (await counted(to)).filter((cdr) => cdr.month === month)
      return viewStatement(deps.objects, month, cdrs, { time_zone: to.timeZone, seller: to.seller })
    },
  }
}
