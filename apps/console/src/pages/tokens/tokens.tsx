import { textAt } from '../../api/fields.js'
import type { Row } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import type { Column } from '../../parts/data-table.js'
import type { Filter } from '../../parts/filters.js'
import { Mark } from '../../parts/values.js'
import { CollectionPage } from '../objects/collection-page.js'
import { ObjectLink, ownerOf } from '../objects/object-link.js'
import { ObjectPage } from '../objects/object-page.js'
import { ObjectRoutes } from '../objects/object-routes.js'

const Valid = ({ token }: { readonly token: Doc }) =>
  textAt(token, 'valid') === 'true' ? <Mark tone="good">valid</Mark> : <Mark tone="bad">not valid</Mark>

const columns: readonly Column<Row>[] = [
  {
    id: 'uid',
    title: 'Token',
    value: ({ document }) => textAt(document, 'uid'),
    cell: ({ document }) => <ObjectLink collection="tokens" document={document} />,
  },
  { id: 'type', title: 'Type', value: ({ document }) => textAt(document, 'type') },
  {
    id: 'valid',
    title: 'Valid',
    value: ({ document }) => textAt(document, 'valid'),
    cell: ({ document }) => <Valid token={document} />,
  },
  { id: 'contract', title: 'Contract', value: ({ document }) => textAt(document, 'contract_id') },
  { id: 'whitelist', title: 'Offline', value: ({ document }) => textAt(document, 'whitelist') },
  { id: 'owner', title: 'eMSP', value: ({ document }) => ownerOf(document) },
]

const filters: readonly Filter[] = [
  { name: 'uid', label: 'Token', placeholder: 'uid' },
  { name: 'contract_id', label: 'Contract', placeholder: 'id' },
  { name: 'type', label: 'Type', options: ['RFID', 'APP_USER', 'AD_HOC_USER', 'EMAID', 'OTHER'] },
  {
    name: 'valid',
    label: 'Valid',
    options: [
      { value: 'true', label: 'Valid' },
      { value: 'false', label: 'Not valid' },
    ],
  },
]

const Tokens = () => (
  <CollectionPage
    collection="tokens"
    title="Tokens"
    one="token"
    columns={columns}
    filters={filters}
    whenEmpty="Tokens are the cards and apps of drivers; they come from your back end or from eMSPs."
  />
)

const facts = (token: Doc) =>
  [
    ['Type', textAt(token, 'type')],
    ['Valid', <Valid key="valid" token={token} />],
    ['Contract', textAt(token, 'contract_id')],
    ['Issuer', textAt(token, 'issuer')],
    ['Printed number', textAt(token, 'visual_number')],
    ['When nobody can be asked', textAt(token, 'whitelist')],
    ['Group', textAt(token, 'group_id')],
    ['Language', textAt(token, 'language')],
  ] as const

const TokenPage = () => (
  <ObjectPage
    collection="tokens"
    list="Tokens"
    one="token"
    title={(token) => `Token ${textAt(token, 'uid')}`}
    facts={facts}
  />
)

/** Tokens and the page of each. */
const TokenRoutes = () => <ObjectRoutes collection="tokens" list={Tokens} one={TokenPage} />
export default TokenRoutes
