import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { fetchMapState, type MapPoint, type MapState } from '../../api/map-points.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Mark } from '../../parts/values.js'
import { pageOf } from '../objects/object-link.js'
import { type Station, StationMap } from './station-map.js'

/** The state of a location by its EVSEs: one that is free counts before all others. */
const stateOf = ({ free, taken, broken }: MapPoint): Station['state'] => {
  if (free > 0) return 'free'
  if (taken > 0) return 'taken'
  return broken > 0 ? 'broken' : 'unknown'
}

const stationOf = (point: MapPoint): Station | undefined => {
  const [longitude, latitude] = [Number.parseFloat(point.longitude), Number.parseFloat(point.latitude)]
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return undefined
  const name = `${point.name}: ${point.free} of ${point.evses} free`
  return { href: pageOf('locations', { ...point }), name, longitude, latitude, state: stateOf(point) }
}

const KEY = ['locations', 'map'] as const

/** All points; every event about locations has only what changed read again. */
const useMapState = () => {
  const queries = useQueryClient()
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => fetchMapState(queries.getQueryData<MapState>(KEY), signal),
    structuralSharing: false,
  })
}

const Legend = () => (
  <Group gap="md" pt={4}>
    <Mark tone="good">free</Mark>
    <Mark tone="busy">taken</Mark>
    <Mark tone="bad">out of order</Mark>
    <Mark tone="quiet">not known</Mark>
  </Group>
)

/** All known stations on a map. */
const MapPage = () => {
  const [, navigate] = useLocation()
  const map = useMapState()
  const points = map.data?.points
  const stations = useMemo(
    () => [...(points?.values() ?? [])].flatMap((point) => stationOf(point) ?? []),
    [points],
  )
  return (
    <>
      <PageHead title="Map of locations" below={<Legend />}>
        <Button component={Link} href="/locations" variant="default" size="sm">
          List
        </Button>
      </PageHead>
      {map.isPending && <Loading />}
      {map.isError && <Failure error={map.error} retry={() => map.refetch()} />}
      {points?.size === 0 && <Empty title="No location yet" />}
      {stations.length > 0 && <StationMap stations={stations} onOpen={navigate} />}
    </>
  )
}
export default MapPage
