import { Link } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Row } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import type { Column } from '../../parts/data-table.js'
import type { Filter } from '../../parts/filters.js'
import type { Preset } from '../../parts/presets.js'
import { durationOf, localTime } from '../../parts/times.js'
import { Age, Amount, Status } from '../../parts/values.js'
import { CollectionPage } from '../objects/collection-page.js'
import { ObjectLink, ownerOf, pageOf } from '../objects/object-link.js'
import { ObjectPage } from '../objects/object-page.js'
import { ObjectRoutes } from '../objects/object-routes.js'
import { CostTab } from './cost-tab.js'
import { StoryTab } from './story-tab.js'

const columns: readonly Column<Row>[] = [
  {
    id: 'id',
    title: 'Session',
    value: ({ document }) => textAt(document, 'id'),
    cell: ({ document }) => <ObjectLink collection="sessions" document={document} />,
  },
  {
    id: 'status',
    title: 'Status',
    value: ({ document }) => textAt(document, 'status'),
    cell: ({ document }) => <Status value={textAt(document, 'status')} />,
  },
  {
    id: 'start',
    title: 'Started',
    sort: 'start',
    value: ({ document }) => textAt(document, 'start_date_time'),
    cell: ({ document }) => <Age at={textAt(document, 'start_date_time')} />,
  },
  { id: 'location', title: 'Location', value: ({ document }) => textAt(document, 'location_id') },
  { id: 'owner', title: 'CPO', value: ({ document }) => ownerOf(document) },
  {
    id: 'kwh',
    title: 'kWh',
    sort: 'energy',
    numeric: true,
    value: ({ document }) => textAt(document, 'kwh'),
  },
  {
    id: 'cost',
    title: 'Cost so far',
    numeric: true,
    value: ({ document }) => textAt(document, 'total_cost', 'before_taxes'),
    cell: ({ document }) => (
      <Amount value={textAt(document, 'total_cost', 'before_taxes')} unit={textAt(document, 'currency')} />
    ),
  },
]

const filters: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: ['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING', 'RESERVATION'],
  },
  { name: 'without_cdr', label: 'CDR', options: [{ value: 'true', label: 'None yet' }] },
  { name: 'location_id', label: 'Location', placeholder: 'id' },
  { name: 'authorization_reference', label: 'Authorization', placeholder: 'reference' },
]

const presets: readonly Preset[] = [
  { label: 'Running', filters: { status: 'ACTIVE' } },
  { label: 'Completed without CDR', filters: { without_cdr: 'true' } },
]

const Sessions = () => (
  <CollectionPage
    collection="sessions"
    title="Sessions"
    one="session"
    columns={columns}
    filters={filters}
    presets={presets}
    whenEmpty="A session appears when a charge point of yours or of a partner starts one."
  />
)

/** The location of a session, as a link to its page. */
const LocationLink = ({ session }: { readonly session: Doc }) => {
  const id = textAt(session, 'location_id')
  return <Link href={pageOf('locations', { ...session, id })}>{id}</Link>
}

const facts = (session: Doc) =>
  [
    ['Status', <Status key="status" value={textAt(session, 'status')} />],
    ['Started', localTime(textAt(session, 'start_date_time'))],
    ['Ended', localTime(textAt(session, 'end_date_time'))],
    ['Took', durationOf(textAt(session, 'start_date_time'), textAt(session, 'end_date_time'))],
    ['Location', <LocationLink key="location" session={session} />],
    ['EVSE', textAt(session, 'evse_uid')],
    ['Connector', textAt(session, 'connector_id')],
    ['Energy', <Amount key="kwh" value={textAt(session, 'kwh')} unit="kWh" />],
    [
      'Cost before taxes',
      <Amount
        key="cost"
        value={textAt(session, 'total_cost', 'before_taxes')}
        unit={textAt(session, 'currency')}
      />,
    ],
    ['Token', `${textAt(session, 'cdr_token', 'uid')} (${textAt(session, 'cdr_token', 'type')})`],
    ['Contract', textAt(session, 'cdr_token', 'contract_id')],
    ['Authorized by', textAt(session, 'auth_method')],
    ['Authorization reference', textAt(session, 'authorization_reference')],
    [
      'CDR',
      <Link key="cdr" href={`/cdrs?session_id=${encodeURIComponent(textAt(session, 'id'))}`}>
        CDRs of this session
      </Link>,
    ],
  ] as const

const SessionPage = () => (
  <ObjectPage
    collection="sessions"
    list="Sessions"
    one="session"
    title={(session) => `Session ${textAt(session, 'id')}`}
    facts={facts}
    tabs={[
      { value: 'cost', label: 'Cost', content: (session) => <CostTab session={session} /> },
      { value: 'story', label: 'Story', content: (session) => <StoryTab session={session} /> },
    ]}
  />
)

/** Sessions and the page of each. */
const SessionRoutes = () => <ObjectRoutes collection="sessions" list={Sessions} one={SessionPage} />
export default SessionRoutes
