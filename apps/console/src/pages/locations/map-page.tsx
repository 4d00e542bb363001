import { Button, Group, Text } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { type Bounds, getMap, type MapAnswer } from '../../api/map.js'
import type { NodeEvent } from '../../api/node.js'
import type { Query } from '../../api/request.js'
import { useEvents, useLive } from '../../app/live.js'
import { FilterBar, useFilters } from '../../parts/filters.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Mark } from '../../parts/values.js'
import { useSignIn } from '../../sign-in/sign-in-state.js'
import { ownerQueryOf, useOwnerFilters } from '../objects/owner-filters.js'
import { LiveMap } from './live-map.js'
import { stationFilters } from './map-filters.js'
import { StationMap } from './station-map.js'
import { type View, viewFrom, viewText } from './view-text.js'

const WORLD: Bounds = { west: -180, south: -90, east: 180, north: 90 }
const EVENTS = /^(location|evse)\./

const Legend = () => (
  <Group gap="md" pt={4}>
    <Mark tone="good">free</Mark>
    <Mark tone="busy">taken</Mark>
    <Mark tone="bad">out of order</Mark>
    <Mark tone="quiet">not known</Mark>
  </Group>
)

/** What a map shows of the part that is looked at; the whole world at first. */
const useLiveMap = (filters: Query) => {
  const [live] = useState(() => new LiveMap(getMap, () => performance.now()))
  const [view, setView] = useState<{ readonly bounds: Bounds; readonly zoom: number }>()
  const { recoveries } = useLive()
  const state = useSyncExternalStore(live.subscribe, live.snapshot)
  const key = JSON.stringify(filters)
  useEffect(() => {
    live.look({ bounds: view?.bounds ?? WORLD, zoom: view?.zoom ?? 0, filters: JSON.parse(key) })
  }, [live, view, key])
  useEffect(() => {
    if (recoveries > 0) live.refresh()
  }, [live, recoveries])
  useEffect(() => () => live.stop(), [live])
  useEvents(useCallback(({ type, seq }: NodeEvent) => EVENTS.test(type) && live.touch(seq), [live]))
  return { ...state, setView, retry: () => live.refresh() }
}

/** How much there is, in words. */
const Amount = ({ answer, isFiltered }: { readonly answer: MapAnswer; readonly isFiltered: boolean }) => {
  const { stations, evses, without_place } = answer.known
  return (
    <Text size="sm" c="dimmed" mt="sm" role="status">
      {answer.complete ? '' : 'The node has just started and is still reading its locations. '}
      {stations.toLocaleString()} locations with {evses.toLocaleString()} EVSEs
      {without_place > 0 && `; ${without_place.toLocaleString()} more have no coordinates that can be used`}.{' '}
      {isFiltered && `${answer.total.toLocaleString()} of them match in this part of the map.`}
    </Text>
  )
}

const NoMatch = ({ isFiltered, clear }: { readonly isFiltered: boolean; readonly clear: () => void }) => (
  <Empty title={isFiltered ? 'No location matches' : 'No location yet'}>
    {isFiltered ? (
      <Button size="xs" variant="default" onClick={clear} mt="xs">
        Clear the filters
      </Button>
    ) : (
      'Locations come from your back end, from an import (interwatt import), or from partners.'
    )}
  </Empty>
)

/** The part of the map that the address of the page names. */
const useAddressedView = () => {
  const [search, setSearch] = useSearchParams()
  const named = search.get('at')
  const [begin] = useState(() => viewFrom(named ?? ''))
  const keep = useCallback(
    (view: View): void => {
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          after.set('at', viewText(view))
          return after
        },
        { replace: true },
      )
    },
    [setSearch],
  )
  return { begin, keep }
}

/** All known stations on a map. */
const MapPage = () => {
  const [, navigate] = useLocation()
  const { state: signIn } = useSignIn()
  const filters = [...stationFilters, ...useOwnerFilters()]
  const { values, clear } = useFilters(filters)
  const { answer, error, setView, retry } = useLiveMap(ownerQueryOf(values))
  const { begin, keep } = useAddressedView()
  const mapStyle = 'session' in signIn ? signIn.session.map.style : null
  // NOTE: the first answer that has stations says where the map begins; later ones do not move it.
  const [first, setFirst] = useState<Bounds>()
  const bounds = answer?.bounds ?? undefined
  useEffect(() => {
    if (bounds !== undefined) setFirst((before) => before ?? bounds)
  }, [bounds])
  const start = useMemo(() => {
    if (begin !== undefined) return { view: begin }
    return first === undefined ? undefined : { bounds: first }
  }, [begin, first])
  const isFiltered = Object.keys(values).length > 0
  const onView = useCallback(
    (view: View, seen: Bounds): void => {
      setView({ bounds: seen, zoom: view.zoom })
      keep(view)
    },
    [setView, keep],
  )
  return (
    <>
      <PageHead title="Map of locations" below={<Legend />}>
        <Button component={Link} href="/locations" variant="default" size="sm">
          List
        </Button>
      </PageHead>
      <FilterBar filters={filters} />
      {error !== undefined && <Failure error={error} retry={retry} />}
      {answer === undefined && error === undefined && <Loading />}
      {start !== undefined && (
        <StationMap answer={answer} mapStyle={mapStyle} start={start} onOpen={navigate} onView={onView} />
      )}
      {start === undefined && answer?.complete === true && <NoMatch isFiltered={isFiltered} clear={clear} />}
      {answer !== undefined && <Amount answer={answer} isFiltered={isFiltered} />}
    </>
  )
}
export default MapPage
