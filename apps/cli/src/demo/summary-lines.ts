import { decimal, roundHalfUp, toText } from '@interwatt/protocol'
import { counted } from '../terminal/counted.js'
import { hangingLines } from '../terminal/hanging-lines.js'
import type { Paint } from '../terminal/screen.js'
import { pairLines, tableLines } from '../terminal/table.js'
import type { CrossingLoss } from './crossing.js'
import type { HeldKind, Money } from './holdings.js'
import type { CardPaymentsSummary, PaymentSide } from './payment-sides.js'
import type { DemoSummary, EmspSummary } from './summary.js'

interface Width {
  readonly width: number
}

const number = (value: number): string => value.toLocaleString('en-US')
const money = (text: string): string => toText(roundHalfUp(decimal(text), 2))

type CountName = 'locations' | 'evses' | 'tariffs' | 'sessions' | 'cdrs'

const LABELS: Readonly<Record<CountName, string>> = {
  locations: 'locations',
  evses: 'EVSEs',
  tariffs: 'tariffs',
  sessions: 'sessions',
  cdrs: 'CDRs',
}

const NO_MONEY: Money = { net: '0', gross: '0' }

const countRow = ({ cpo, emsps }: DemoSummary, name: CountName): readonly string[] => {
  const billed = name === 'sessions' || name === 'cdrs'
  const kind: HeldKind = name === 'evses' ? 'locations' : name
  const unequal = emsps.filter((emsp) => emsp[name] !== (billed ? emsp.at_cpo[name] : cpo[name]))
  const withheld = emsps.reduce(
    (sum, emsp) => sum + emsp.withheld.filter((each) => each.kind === kind).length,
    0,
  )
  const equal = billed && emsps.length > 1 ? 'adds up' : 'equal'
  const verdict =
    unequal.length === 0 ? equal : unequal.every(({ agree }) => agree) ? `${withheld} withheld` : 'differs'
  return [LABELS[name], number(cpo[name]), ...emsps.map((emsp) => number(emsp[name])), verdict]
}

const moneyRow = (
  { cpo, emsps }: DemoSummary,
  currency: string,
  kind: 'net' | 'gross',
): readonly string[] => {
  const cell = (totals: EmspSummary['totals']): string => {
    const amount = (totals[currency] ?? NO_MONEY)[kind]
    return amount === null ? 'net only' : money(amount)
  }
  const equal = emsps.every((emsp) => cell(emsp.totals) === cell(emsp.at_cpo.totals))
  const complete = emsps.length > 1 && emsps.every((emsp) => cell(emsp.totals) !== 'net only')
  const verdict = equal ? (complete ? 'adds up' : 'equal') : 'differs'
  return [`${currency} ${kind}`, cell(cpo.totals), ...emsps.map(({ totals }) => cell(totals)), verdict]
}

const tableOf = (summary: DemoSummary, { width }: Width): readonly string[] => {
  const { cpo, emsps } = summary
  const currencies = [...new Set([cpo, ...emsps].flatMap(({ totals }) => Object.keys(totals)))].sort()
  const names = emsps.map(({ party, version }) => `${emsps.length === 1 ? 'eMSP' : version} ${party}`)
  return tableLines(
    ['HELD NOW', `CPO ${cpo.party}`, ...names, ''],
    [
      ...(['locations', 'evses', 'tariffs', 'sessions', 'cdrs'] as const).map((name) =>
        countRow(summary, name),
      ),
      ...currencies.flatMap((currency) =>
        (['net', 'gross'] as const).map((kind) => moneyRow(summary, currency, kind)),
      ),
    ],
    width,
  )
}

const SINGULAR: Readonly<Record<HeldKind, string>> = {
  locations: 'location',
  tariffs: 'tariff',
  sessions: 'session',
  cdrs: 'CDR',
}

/** The most frequent loss of each kind of object; losses are sorted by frequency. */
const foremost = (losses: readonly CrossingLoss[]): readonly CrossingLoss[] =>
  losses.filter((loss) => losses.find(({ kind }) => kind === loss.kind) === loss)

const crossingOf = ({ version, crossing, withheld }: EmspSummary, { width }: Width): readonly string[] => {
  const { checked, with_losses: lossy, losses } = crossing
  const told = foremost(losses)
  const others = losses.length - told.length
  const lines = [
    ...withheld.map(({ kind, id, reason }) => `${SINGULAR[kind]} ${id} is withheld: ${reason}`),
    ...told.map(
      ({ kind, pointer, reason, objects }) => `${SINGULAR[kind]} ${pointer}: ${reason} (${number(objects)})`,
    ),
    ...(others === 0 ? [] : [`and ${counted(others, 'other kind', 'other kinds')} of loss, all in --json`]),
  ]
  const head = `To ${version}: ${number(lossy)} of ${counted(checked, 'object')} not one to one${lines.length === 0 ? '' : ', most often'}`
  const rows = [['', head] as const, ...lines.map((line) => ['  - ', line] as const)]
  return rows.flatMap(([prefix, line]) =>
    hangingLines(prefix, line, width).map(([before, text]) => before + text),
  )
}

const crossings = ({ emsps }: DemoSummary, screen: Width): readonly string[] => {
  const lines = emsps
    .filter(({ crossing, withheld }) => crossing.checked > 0 || withheld.length > 0)
    .flatMap((emsp) => crossingOf(emsp, screen))
  return lines.length === 0 ? [] : ['WHAT THE CROSSING COST', ...lines, '']
}

const PAYMENT_LABELS = {
  terminals: 'terminals',
  sessions: 'sessions',
  cdrs: 'CDRs',
  confirmations: 'confirmations',
} as const satisfies Partial<Record<keyof PaymentSide, string>>

const PAYMENT_COUNTS = ['terminals', 'sessions', 'cdrs', 'confirmations'] as const

/** What both sides hold of card payments, beside each other; no line without a provider. */
const paymentLines = (payments: CardPaymentsSummary | null, { width }: Width): readonly string[] => {
  if (payments === null) return []
  const { cpo, ptp } = payments
  const row = (label: string, [atCpo, atPtp]: readonly [string, string]) => [
    label,
    atCpo,
    atPtp,
    atCpo === atPtp ? 'equal' : 'differs',
  ]
  const currencies = [...new Set([cpo, ptp].flatMap(({ charged }) => Object.keys(charged)))].sort()
  const charged = (side: PaymentSide, currency: string): string => money(side.charged[currency]?.gross ?? '0')
  const captured = (side: PaymentSide, currency: string): string => money(side.captured[currency] ?? '0')
  return [
    ...tableLines(
      ['CARD PAYMENTS', `CPO ${cpo.party}`, `PTP ${ptp.party}`, ''],
      [
        ...PAYMENT_COUNTS.map((name) => row(PAYMENT_LABELS[name], [number(cpo[name]), number(ptp[name])])),
        ...currencies.flatMap((currency) => [
          row(`${currency} charged`, [charged(cpo, currency), charged(ptp, currency)]),
          row(`${currency} captured`, [captured(cpo, currency), captured(ptp, currency)]),
        ]),
      ],
      width,
    ),
    '',
  ]
}

/** Card payments of this run, where there are any. */
const paidLine = ({ card_payments: payments }: DemoSummary): readonly (readonly [string, string])[] => {
  if (payments === null) return []
  const { paid, wanted, disputed } = payments
  const released = Object.values(payments.released).reduce((sum, count) => sum + count, 0)
  const parts = [
    `${number(paid)} of ${number(wanted)} paid`,
    ...(released === 0 ? [] : [`${counted(released, 'card')} released without a session`]),
    ...(disputed === 0 ? [] : [`${number(disputed)} disputed`]),
  ]
  return [['Card payments', parts.join(', ')]]
}

/** CDRs of this run by version, where there are several. */
const byVersion = ({ emsps }: DemoSummary): readonly (readonly [string, string])[] => {
  if (emsps.length === 1) return []
  const parts = emsps.map(
    ({ version, cdrs_delivered, taxes_told }) =>
      `${number(cdrs_delivered)} in ${version}${taxes_told ? '' : ' (confirmed without VAT)'}`,
  )
  return [['By version', parts.join(', ')]]
}

/** What both sides computed themselves. */
const reconciledText = ({ this_run: run }: DemoSummary): string => {
  const { cpo, emsp } = run.cdrs_reconciled
  const by = (count: number, all: number): string =>
    count === all ? `all ${number(all)}` : `${number(count)} of ${number(all)}`
  return `CDRs recomputed line by line: ${by(cpo, run.cdrs_written)} by the CPO before billing, ${by(emsp, run.cdrs_delivered)} by the eMSP`
}

/** How the CPO overcharged, and whether the eMSP found out. */
const faultLines = ({ this_run: run }: DemoSummary, { width }: Width): readonly string[] => {
  const { billing_faults: faults } = run
  if (faults.length === 0) return []
  const kinds = [...new Set(faults.map(({ fault }) => fault))].sort()
  const rows = kinds.map((kind) => {
    const all = faults.filter(({ fault }) => fault === kind)
    const found = all.filter((one) => one.found).length
    const verdict = found === all.length ? 'found and named' : `${all.length - found} missed`
    return [kind, number(all.length), number(found), verdict]
  })
  return [...tableLines(['BILLED WRONGLY', 'by the CPO', 'found by the eMSP', ''], rows, width), '']
}

/** How charges failed, and what the nodes said; one line for each and its sentence below. */
const startFaultLines = ({ this_run: run }: DemoSummary, { width }: Width): readonly string[] => {
  const { start_faults: faults } = run
  if (faults.length === 0) return []
  const lines = faults.flatMap(({ fault, caused_by: by, does, explained, code, support }) => [
    ...hangingLines(explained ? '  ok  ' : '  NO  ', `${fault}: the ${by} ${does}`, width),
    ...hangingLines('      ', `${code ?? 'not explained'}. ${support ?? ''}`, width),
  ])
  const found = faults.filter(({ explained }) => explained).length
  return [
    `WHY CHARGES FAILED  ${number(found)} of ${number(faults.length)} explained with the right cause`,
    ...lines.map(([before, text]) => before + text),
    '',
  ]
}

/** The summary as lines: all sides beside each other, then this run. */
export const summaryLines = (
  summary: DemoSummary,
  screen: { readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const { this_run: run, emsps } = summary
  const failures = Object.values(run.failures).reduce((sum, count) => sum + count, 0)
  const verdict = summary.ok
    ? screen.paint.green(
        emsps.length === 1 && summary.card_payments === null ? 'Both sides agree.' : 'All sides agree.',
      )
    : summary.agree
      ? screen.paint.red(summary.reason ?? '')
      : screen.paint.red(`The sides differ: ${summary.differences.join(' ')}`)
  return [
    ...tableOf(summary, screen),
    '',
    ...paymentLines(summary.card_payments, screen),
    ...crossings(summary, screen),
    ...faultLines(summary, screen),
    ...startFaultLines(summary, screen),
    ...pairLines(
      [
        ['This run', `${summary.duration_s} s, OCPI ${emsps.map(({ version }) => version).join(', ')}`],
        ['Pushes', number(run.pushes)],
        ['Pulls', counted(run.pulls, 'page')],
        ['Commands', number(run.commands)],
        ['Authorizations', `${number(run.authorizations)} in real time`],
        ['Refused', counted(run.refused, 'OCPI request')],
        ['Sessions', `${number(run.sessions_started)} started, ${number(failures)} trips without one`],
        ['CDRs', `${number(run.cdrs_delivered)} of ${number(run.cdrs_written)} delivered`],
        ['Reconciled', reconciledText(summary)],
        ...byVersion(summary),
        ...paidLine(summary),
        ...(run.first_cdr_s === null ? [] : [['First CDR', `after ${run.first_cdr_s} s`] as const]),
      ],
      screen.width,
    ),
    '',
    verdict,
  ]
}
