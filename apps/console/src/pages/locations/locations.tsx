import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link, Route, Switch } from 'wouter'
import { docsAt, textAt } from '../../api/fields.js'
import type { Row } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import type { Column } from '../../parts/data-table.js'
import type { Filter } from '../../parts/filters.js'
import { Loading, NothingHere } from '../../parts/states.js'
import { Age } from '../../parts/values.js'
import { CollectionPage } from '../objects/collection-page.js'
import { ObjectLink, ownerOf } from '../objects/object-link.js'
import { ObjectPage } from '../objects/object-page.js'
import { Evses } from './evses.js'
import { HistoryTab } from './history-tab.js'
import { StationTariffs } from './station-tariffs.js'

const MapPage = lazy(() => import('./map-page.js'))

/** How many EVSEs are free, of how many. */
const freeOf = (location: Doc): string => {
  const evses = docsAt(location, 'evses').filter((evse) => textAt(evse, 'status') !== 'REMOVED')
  return `${evses.filter((evse) => textAt(evse, 'status') === 'AVAILABLE').length} of ${evses.length}`
}

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    title: 'Location',
    value: ({ document }) => textAt(document, 'name') || textAt(document, 'address'),
    cell: ({ document }) => (
      <ObjectLink collection="locations" document={document}>
        {textAt(document, 'name') || textAt(document, 'address') || textAt(document, 'id')}
      </ObjectLink>
    ),
  },
  {
    id: 'place',
    title: 'Place',
    value: ({ document }) => `${textAt(document, 'postal_code')} ${textAt(document, 'city')}`.trim(),
  },
  { id: 'country', title: 'Country', value: ({ document }) => textAt(document, 'country') },
  { id: 'owner', title: 'CPO', value: ({ document }) => ownerOf(document) },
  { id: 'free', title: 'Free', numeric: true, value: ({ document }) => freeOf(document) },
  {
    id: 'updated',
    title: 'Updated',
    value: ({ document }) => textAt(document, 'last_updated'),
    cell: ({ document }) => <Age at={textAt(document, 'last_updated')} />,
  },
]

const filters: readonly Filter[] = [
  { name: 'city', label: 'City', placeholder: 'Berlin' },
  { name: 'postal_code', label: 'Postal code', placeholder: '10115' },
  { name: 'country', label: 'Country', placeholder: 'DEU' },
  {
    name: 'publish',
    label: 'Published',
    options: [
      { value: 'true', label: 'Published' },
      { value: 'false', label: 'Not published' },
    ],
  },
]

const Locations = () => (
  <CollectionPage
    collection="locations"
    title="Locations"
    one="location"
    columns={columns}
    filters={filters}
    whenEmpty="Locations come from your back end, from an import (interwatt import), or from partners."
    actions={
      <Button component={Link} href="/locations/map" variant="default" size="sm">
        Map
      </Button>
    }
  />
)

const facts = (location: Doc) =>
  [
    ['Address', textAt(location, 'address')],
    [
      'Place',
      `${textAt(location, 'postal_code')} ${textAt(location, 'city')}, ${textAt(location, 'country')}`,
    ],
    [
      'Coordinates',
      `${textAt(location, 'coordinates', 'latitude')}, ${textAt(location, 'coordinates', 'longitude')}`,
    ],
    ['EVSEs free', freeOf(location)],
    ['Operator', textAt(location, 'operator', 'name')],
    ['Time zone', textAt(location, 'time_zone')],
    ['Open', textAt(location, 'opening_times', 'twentyfourseven') === 'true' ? 'always' : ''],
    ['Parking', textAt(location, 'parking_type')],
    ['Help', textAt(location, 'help_phone')],
  ] as const

const StationPage = () => (
  <ObjectPage
    collection="locations"
    list="Locations"
    one="location"
    title={(location) => textAt(location, 'name') || textAt(location, 'address')}
    facts={facts}
    tabs={[
      { value: 'evses', label: 'EVSEs', content: (location) => <Evses location={location} /> },
      { value: 'history', label: 'History', content: (location) => <HistoryTab location={location} /> },
      { value: 'tariffs', label: 'Tariffs', content: (location) => <StationTariffs location={location} /> },
    ]}
  />
)

/** Locations as list and on a map, and the page of each. */
const LocationRoutes = () => (
  <Switch>
    <Route path="/locations" component={Locations} />
    <Route path="/locations/map">
      <Suspense fallback={<Loading />}>
        <MapPage />
      </Suspense>
    </Route>
    <Route path="/locations/:countryCode/:partyId/:id" component={StationPage} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default LocationRoutes
