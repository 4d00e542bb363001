import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { docsAt, textAt } from '../../api/fields.js'
import type { CheckFact, Row } from '../../api/objects.js'
import { reviewStates } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import type { Filter } from '../../parts/filters.js'
import { differenceOf } from '../../parts/money.js'
import type { Preset } from '../../parts/presets.js'
import { durationOf, localTime } from '../../parts/times.js'
import { Age, Amount, Mark } from '../../parts/values.js'
import { CollectionPage } from '../objects/collection-page.js'
import { ObjectLink, ownerOf, pageOf } from '../objects/object-link.js'
import { ObjectPage } from '../objects/object-page.js'
import { ObjectRoutes } from '../objects/object-routes.js'
import { CheckTab } from './check-tab.js'
import { outcomeTones, reviewTones } from './check-words.js'
import { findingCodes, findingWords } from './finding-codes.js'

/** The outcome of its check, leading to the check. */
const Outcome = ({ check, cdr }: { readonly check: CheckFact | null; readonly cdr: Doc }) => {
  const outcome = check?.outcome ?? null
  if (outcome === null) return null
  return (
    <Link href={`${pageOf('cdrs', cdr)}?tab=check`}>
      <Mark tone={outcomeTones[outcome] ?? 'quiet'}>{outcome}</Mark>
    </Link>
  )
}

/** Stated less recomputed, before taxes where that is known; empty where they agree. */
const offBy = (check: CheckFact | null, currency: string): string => {
  const difference = check?.difference?.before_taxes ?? check?.difference?.after_taxes ?? 0
  return difference === 0 ? '' : differenceOf(difference, currency)
}

const ReviewMark = ({ state }: { readonly state: string }) => {
  const known = reviewStates.find((one) => one === state)
  return known === undefined ? null : <Mark tone={reviewTones[known]}>{known}</Mark>
}

const columns: readonly Column<Row>[] = [
  {
    id: 'id',
    title: 'CDR',
    value: ({ document }) => textAt(document, 'id'),
    cell: ({ document }) => (
      <span>
        <ObjectLink collection="cdrs" document={document} />
        {textAt(document, 'credit') === 'true' && ' (credit)'}
      </span>
    ),
  },
  {
    id: 'end',
    title: 'Ended',
    sort: 'end',
    value: ({ document }) => textAt(document, 'end_date_time'),
    cell: ({ document }) => <Age at={textAt(document, 'end_date_time')} />,
  },
  { id: 'owner', title: 'CPO', value: ({ document }) => ownerOf(document) },
  { id: 'session', title: 'Session', value: ({ document }) => textAt(document, 'session_id') },
  {
    id: 'energy',
    title: 'kWh',
    sort: 'energy',
    numeric: true,
    value: ({ document }) => textAt(document, 'total_energy'),
  },
  {
    id: 'net',
    title: 'Before taxes',
    sort: 'total',
    numeric: true,
    value: ({ document }) => textAt(document, 'total_cost', 'before_taxes'),
    cell: ({ document }) => (
      <Amount value={textAt(document, 'total_cost', 'before_taxes')} unit={textAt(document, 'currency')} />
    ),
  },
  {
    id: 'kind',
    title: 'Kind',
    isExportOnly: true,
    value: ({ document }) => (textAt(document, 'credit') === 'true' ? 'credit' : ''),
  },
  {
    id: 'outcome',
    title: 'Check',
    value: ({ check }) => check?.outcome ?? '',
    cell: ({ check, document }) => <Outcome check={check} cdr={document} />,
  },
  {
    id: 'difference',
    title: 'Off by',
    numeric: true,
    value: ({ check, document }) => offBy(check, textAt(document, 'currency')),
  },
  { id: 'why', title: 'Found', value: ({ check }) => check?.findings.map(findingWords).join(', ') ?? '' },
  {
    id: 'state',
    title: 'Review',
    value: ({ check }) => check?.state ?? '',
    cell: ({ check }) => <ReviewMark state={check?.state ?? ''} />,
  },
]

const filters: readonly Filter[] = [
  { name: 'outcome', label: 'Check', options: ['agrees', 'differs', 'unpriced'] },
  { name: 'state', label: 'Review', options: reviewStates },
  {
    name: 'finding',
    label: 'Found',
    options: findingCodes.map((value) => ({ value, label: findingWords(value) })),
  },
  { name: 'session_id', label: 'Session', placeholder: 'id' },
  { name: 'currency', label: 'Currency', placeholder: 'EUR' },
  { name: 'credit', label: 'Kind', options: [{ value: 'true', label: 'Credit CDRs' }] },
  { name: 'authorization_reference', label: 'Authorization', placeholder: 'reference' },
]

const presets: readonly Preset[] = [
  { label: 'Disagree', filters: { outcome: 'differs' } },
  { label: 'Disagree, nobody decided', filters: { outcome: 'differs', state: 'open' } },
  { label: 'Disputed', filters: { state: 'disputed' } },
]

const Cdrs = () => (
  <CollectionPage
    collection="cdrs"
    title="CDRs"
    one="CDR"
    columns={columns}
    filters={filters}
    presets={presets}
    whenEmpty="A charge detail record comes after a session has ended."
  />
)

type Fact = readonly [name: string, value: ReactNode]

const cost = (cdr: Doc, field: string): ReactNode => {
  const value = textAt(cdr, field, 'before_taxes')
  return value === '' ? '' : <Amount key={field} value={value} unit={textAt(cdr, 'currency')} />
}

const facts = (cdr: Doc): readonly Fact[] => {
  const session = textAt(cdr, 'session_id')
  return [
    ['Started', localTime(textAt(cdr, 'start_date_time'))],
    ['Ended', localTime(textAt(cdr, 'end_date_time'))],
    ['Took', durationOf(textAt(cdr, 'start_date_time'), textAt(cdr, 'end_date_time'))],
    [
      'Session',
      session === '' ? (
        ''
      ) : (
        <Link key="session" href={pageOf('sessions', { ...cdr, id: session })}>
          {session}
        </Link>
      ),
    ],
    ['Location', textAt(cdr, 'cdr_location', 'name') || textAt(cdr, 'cdr_location', 'address')],
    ['EVSE', textAt(cdr, 'cdr_location', 'evse_id')],
    ['Energy', <Amount key="energy" value={textAt(cdr, 'total_energy')} unit="kWh" />],
    ['Total before taxes', cost(cdr, 'total_cost')],
    ['Energy cost', cost(cdr, 'total_energy_cost')],
    ['Time cost', cost(cdr, 'total_time_cost')],
    ['Parking cost', cost(cdr, 'total_parking_cost')],
    ['Fixed cost', cost(cdr, 'total_fixed_cost')],
    ['Token', `${textAt(cdr, 'cdr_token', 'uid')} (${textAt(cdr, 'cdr_token', 'type')})`],
    ['Contract', textAt(cdr, 'cdr_token', 'contract_id')],
    ['Credit of', textAt(cdr, 'credit_reference_id')],
    ['Remark', textAt(cdr, 'remark')],
  ]
}

const periodColumns: readonly Column<Doc>[] = [
  {
    id: 'start',
    title: 'From',
    value: (period) => textAt(period, 'start_date_time'),
    cell: (period) => localTime(textAt(period, 'start_date_time')),
  },
  {
    id: 'dimensions',
    title: 'Volumes',
    value: (period) =>
      docsAt(period, 'dimensions')
        .map((each) => `${textAt(each, 'type')} ${textAt(each, 'volume')}`)
        .join(', '),
  },
  { id: 'tariff', title: 'Tariff', value: (period) => textAt(period, 'tariff_id') },
]

const Periods = ({ cdr }: { readonly cdr: Doc }) => (
  <DataTable
    label="Charging periods"
    columns={periodColumns}
    rows={docsAt(cdr, 'charging_periods')}
    rowId={(period) => textAt(period, 'start_date_time')}
  />
)

const CdrPage = () => (
  <ObjectPage
    collection="cdrs"
    list="CDRs"
    one="CDR"
    title={(cdr) => `CDR ${textAt(cdr, 'id')}`}
    facts={facts}
    tabs={[
      { value: 'check', label: 'Check', content: (cdr) => <CheckTab cdr={cdr} /> },
      { value: 'periods', label: 'Periods', content: (cdr) => <Periods cdr={cdr} /> },
    ]}
  />
)

/** CDRs and the page of each. */
const CdrRoutes = () => <ObjectRoutes collection="cdrs" list={Cdrs} one={CdrPage} />
export default CdrRoutes
