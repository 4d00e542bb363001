import { List, Paper, Text } from '@mantine/core'
import { textAt } from '../../api/fields.js'
import type { Row } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import type { Column } from '../../parts/data-table.js'
import type { Filter } from '../../parts/filters.js'
import { localTime } from '../../parts/times.js'
import { Age } from '../../parts/values.js'
import { CollectionPage } from '../objects/collection-page.js'
import { ObjectLink, ownerOf } from '../objects/object-link.js'
import { ObjectPage } from '../objects/object-page.js'
import { ObjectRoutes } from '../objects/object-routes.js'
import { priceLines } from './price-words.js'
import { WordsTab } from './words-tab.js'

const firstPrice = (tariff: Doc): string => {
  const [first, ...others] = priceLines(tariff)
  if (first === undefined) return ''
  return others.length === 0 ? first.prices : `${first.prices}; ${others.length} more`
}

const columns: readonly Column<Row>[] = [
  {
    id: 'id',
    title: 'Tariff',
    value: ({ document }) => textAt(document, 'id'),
    cell: ({ document }) => <ObjectLink collection="tariffs" document={document} />,
  },
  { id: 'owner', title: 'CPO', value: ({ document }) => ownerOf(document) },
  { id: 'type', title: 'For', value: ({ document }) => textAt(document, 'type') },
  { id: 'price', title: 'First price', value: ({ document }) => firstPrice(document) },
  { id: 'currency', title: 'Currency', value: ({ document }) => textAt(document, 'currency') },
  {
    id: 'updated',
    title: 'Updated',
    value: ({ document }) => textAt(document, 'last_updated'),
    cell: ({ document }) => <Age at={textAt(document, 'last_updated')} />,
  },
]

const filters: readonly Filter[] = [
  { name: 'currency', label: 'Currency', placeholder: 'EUR' },
  {
    name: 'type',
    label: 'For',
    options: ['REGULAR', 'AD_HOC_PAYMENT', 'PROFILE_CHEAP', 'PROFILE_FAST', 'PROFILE_GREEN'],
  },
]

const Tariffs = () => (
  <CollectionPage
    collection="tariffs"
    title="Tariffs"
    one="tariff"
    columns={columns}
    filters={filters}
    whenEmpty="Tariffs come from your back end (PUT /api/v1/tariffs/…) or from partners."
  />
)

const facts = (tariff: Doc) =>
  [
    ['For', textAt(tariff, 'type')],
    ['Currency', textAt(tariff, 'currency')],
    ['Prices include taxes', textAt(tariff, 'tax_included')],
    ['In force from', localTime(textAt(tariff, 'start_date_time'))],
    ['Until', localTime(textAt(tariff, 'end_date_time'))],
    ['Said to drivers', textAt(tariff, 'tariff_alt_text', 0, 'text')],
    ['Least before taxes', textAt(tariff, 'min_price', 'before_taxes')],
    ['Most before taxes', textAt(tariff, 'max_price', 'before_taxes')],
  ] as const

const Prices = ({ tariff }: { readonly tariff: Doc }) => (
  <Paper withBorder p="md" bg="var(--console-panel)">
    <Text size="sm" c="dimmed" mb="xs">
      As the tariff states them. For each kind of cost the first line that applies counts.
    </Text>
    <List type="ordered">
      {priceLines(tariff).map(({ prices, when }) => (
        <List.Item key={`${prices} ${when}`}>
          {prices}
          {when !== '' && (
            <Text span size="sm" c="dimmed">
              {' '}
              {when}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  </Paper>
)

const TariffPage = () => (
  <ObjectPage
    collection="tariffs"
    list="Tariffs"
    one="tariff"
    title={(tariff) => `Tariff ${textAt(tariff, 'id')}`}
    facts={facts}
    tabs={[
      { value: 'words', label: 'In words', content: (tariff) => <WordsTab tariff={tariff} /> },
      { value: 'prices', label: 'Prices', content: (tariff) => <Prices tariff={tariff} /> },
    ]}
  />
)

/** Tariffs and the page of each. */
const TariffRoutes = () => <ObjectRoutes collection="tariffs" list={Tariffs} one={TariffPage} />
export default TariffRoutes
