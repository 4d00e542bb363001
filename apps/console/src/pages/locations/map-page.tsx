import { Alert, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { docsAt, textAt } from '../../api/fields.js'
import { getPage, type Row } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Mark } from '../../parts/values.js'
import { pageOf } from '../objects/object-link.js'
import { type Station, StationMap } from './station-map.js'

/** Locations fetched at once, and the most that are drawn. */
const FETCHED = 1_000
const MOST = 20_000

const fetchLocations = async (signal: AbortSignal): Promise<{ rows: readonly Row[]; total: number }> => {
  const rows: Row[] = []
  let [cursor, total] = ['', 0]
  do {
    const page = await getPage('locations', { limit: FETCHED, cursor }, signal)
    rows.push(...page.rows)
    total = page.total
    cursor = page.next ?? ''
  } while (cursor !== '' && rows.length < MOST)
  return { rows, total }
}

/** The state of a location by its EVSEs: one that is free counts before all others. */
const stateOf = (location: Doc): Station['state'] => {
  const statuses = docsAt(location, 'evses').map((evse) => textAt(evse, 'status'))
  if (statuses.includes('AVAILABLE')) return 'free'
  if (statuses.some((status) => ['CHARGING', 'RESERVED', 'BLOCKED'].includes(status))) return 'taken'
  return statuses.some((status) => ['INOPERATIVE', 'OUTOFORDER'].includes(status)) ? 'broken' : 'unknown'
}

const stationOf = ({ document }: Row): Station | undefined => {
  const longitude = Number.parseFloat(textAt(document, 'coordinates', 'longitude'))
  const latitude = Number.parseFloat(textAt(document, 'coordinates', 'latitude'))
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return undefined
  const name = textAt(document, 'name') || textAt(document, 'address')
  return { href: pageOf('locations', document), name, longitude, latitude, state: stateOf(document) }
}

/** All known stations on a map. */
const MapPage = () => {
  const [, navigate] = useLocation()
  const query = useQuery({
    queryKey: ['locations', 'map'],
    queryFn: ({ signal }) => fetchLocations(signal),
    // NOTE: reading all locations is much; one that changes is on the map a little later.
    staleTime: 10_000,
  })
  const stations = useMemo(
    () => (query.data?.rows ?? []).flatMap((row) => stationOf(row) ?? []),
    [query.data],
  )
  const left = (query.data?.total ?? 0) - (query.data?.rows.length ?? 0)
  return (
    <>
      <PageHead
        title="Map of locations"
        below={
          <Group gap="md" pt={4}>
            <Mark tone="good">free</Mark>
            <Mark tone="busy">taken</Mark>
            <Mark tone="bad">out of order</Mark>
            <Mark tone="quiet">not known</Mark>
          </Group>
        }
      >
        <Button component={Link} href="/locations" variant="default" size="sm">
          List
        </Button>
      </PageHead>
      {left > 0 && (
        <Alert color="yellow" mb="md" role="note">
          The first {MOST.toLocaleString()} locations are drawn; {left.toLocaleString()} more are in the list.
        </Alert>
      )}
      {query.isPending && <Loading />}
      {query.isError && <Failure error={query.error} retry={() => query.refetch()} />}
      {query.data?.rows.length === 0 && <Empty title="No location yet" />}
      {stations.length > 0 && <StationMap stations={stations} onOpen={navigate} />}
    </>
  )
}
export default MapPage
