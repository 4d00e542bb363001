import { decimal, roundHalfUp, toText } from '@interwatt/protocol'
import { counted } from '../terminal/counted.js'
import type { Paint } from '../terminal/screen.js'
import { pairLines, tableLines } from '../terminal/table.js'
import type { DemoSummary, SideSummary } from './summary.js'

const number = (value: number): string => value.toLocaleString('en-US')
const money = (text: string): string => toText(roundHalfUp(decimal(text), 2))

const moneyRows = (cpo: SideSummary, emsp: SideSummary): readonly (readonly string[])[] => {
  const currencies = [...new Set([...Object.keys(cpo.totals), ...Object.keys(emsp.totals)])].sort()
  const cell = (side: SideSummary, currency: string, kind: 'net' | 'gross'): string =>
    money(side.totals[currency]?.[kind] ?? '0')
  return currencies.flatMap((currency) =>
    (['net', 'gross'] as const).map((kind) => [
      `${currency} ${kind}`,
      cell(cpo, currency, kind),
      cell(emsp, currency, kind),
      cell(cpo, currency, kind) === cell(emsp, currency, kind) ? 'equal' : 'differs',
    ]),
  )
}

/** The summary as lines: both sides beside each other, then this run. */
export const summaryLines = (
  summary: DemoSummary,
  screen: { readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const { cpo, emsp, this_run: run } = summary
  const counts = (['locations', 'evses', 'tariffs', 'sessions', 'cdrs'] as const).map((name) => [
    name === 'evses' ? 'EVSEs' : name === 'cdrs' ? 'CDRs' : name,
    number(cpo[name]),
    number(emsp[name]),
    cpo[name] === emsp[name] ? 'equal' : 'differs',
  ])
  const header = ['HELD NOW', `CPO ${cpo.party}`, `eMSP ${emsp.party}`, '']
  const failures = Object.values(run.failures).reduce((sum, count) => sum + count, 0)
  const disputed =
    run.cdrs_disputed === 0 ? 'all recomputed and confirmed' : `${run.cdrs_disputed} not confirmed`
  const verdict = summary.ok
    ? screen.paint.green('Both sides agree.')
    : summary.agree
      ? screen.paint.red(summary.reason ?? '')
      : screen.paint.red(`The sides differ: ${summary.differences.join(' ')}`)
  return [
    ...tableLines(header, [...counts, ...moneyRows(cpo, emsp)], screen.width),
    '',
    ...pairLines(
      [
        ['This run', `${summary.duration_s} s, OCPI ${summary.ocpi_version}`],
        ['Pushes', number(run.pushes)],
        ['Pulls', counted(run.pulls, 'page')],
        ['Commands', number(run.commands)],
        ['Authorizations', `${number(run.authorizations)} in real time`],
        ['Refused', counted(run.refused, 'OCPI request')],
        ['Sessions', `${number(run.sessions_started)} started, ${number(failures)} trips without one`],
        ['CDRs', `${number(run.cdrs_delivered)} of ${number(run.cdrs_written)} delivered, ${disputed}`],
        ...(run.first_cdr_s === null ? [] : [['First CDR', `after ${run.first_cdr_s} s`] as const]),
      ],
      screen.width,
    ),
    '',
    verdict,
  ]
}
