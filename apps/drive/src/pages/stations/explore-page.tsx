import type { ComponentType } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import { useAppFacts } from '../../api/app-facts.js'
import { useEvent, useWatch } from '../../api/events.js'
import { address } from '../../api/request.js'
import { type MapContent, stationMap } from '../../api/stations.js'
import { Button, LinkButton } from '../../parts/button.js'
import { Icon } from '../../parts/icons.js'
import { PageHead } from '../../parts/page.js'
import { LastKnown, Loading } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { textsOf } from '../../texts/say.js'
import { CompareBar } from './compare-bar.js'
import { Favourites } from './favourites.js'
import { Filters, SortField } from './filters.js'
import { here, locate } from './position.js'
import { filterCount, filterQuery, type Search, useStationSearch, withoutFilters } from './search.js'
import { useStart } from './start-place.js'
import { Legend } from './state-mark.js'
import { StationList } from './station-list.js'
import type { MapArea, MapTarget } from './station-map.js'
import { edgesOf, snapped } from './viewport.js'
import { wishQuery } from './wish.js'
import { WishButton } from './wish-form.js'

const say = textsOf('stations')

type MapComponent = ComponentType<Parameters<typeof import('./station-map.js').default>[0]>

/** The map is fetched when it is first shown, not before. */
const useMapCode = (): MapComponent | 'failed' | undefined => {
  const [code, setCode] = useState<{ readonly map: MapComponent | 'failed' }>()
  useEffect(() => {
    import('./station-map.js').then(
      (module) => setCode({ map: module.default }),
      () => setCode({ map: 'failed' }),
    )
  }, [])
  return code?.map
}

/** The last content stays while the next is fetched, so that the map does not blink. */
const useKept = <T,>(value: T | undefined): T | undefined => {
  const kept = useRef(value)
  if (value !== undefined) kept.current = value
  return kept.current
}

interface MapPartProps {
  readonly search: Search
  readonly target: MapTarget
  readonly onSearchHere: (area: MapArea) => void
}

const MapPart = ({ search, target, onSearchHere }: MapPartProps) => {
  const Drawing = useMapCode()
  const facts = useAppFacts()
  const [, navigate] = useLocation()
  const [area, setArea] = useState<MapArea>()
  const [moved, setMoved] = useState(false)
  const box = useMemo(() => (area === undefined ? undefined : snapped(area)), [area])
  const path =
    box === undefined
      ? null
      : address(['stations', 'map'], {
          ...box,
          ...filterQuery(search),
          ...(search.maxPrice === '' ? {} : { currency: facts.value?.currency ?? 'EUR', ...wishQuery() }),
        })
  const answer = useAnswer(path, stationMap, { everyMinute: true })
  const content: MapContent | undefined = useKept(answer.value)
  useWatch(box === undefined ? null : edgesOf(box))
  useEvent('map', answer.reload)
  useEffect(() => setMoved(false), [target])
  if (Drawing === 'failed')
    return (
      <p class="map-failed" role="alert">
        {say('map_failed')}
      </p>
    )
  // NOTE: the address of the map is decided before the map is made; it cannot change its streets.
  if (Drawing === undefined || (facts.value === undefined && facts.loading)) return <Loading lines={1} />
  return (
    <div class="map-part">
      <Drawing
        content={content}
        streets={facts.value?.map?.style ?? null}
        target={target}
        here={here.value}
        onArea={(next, byHand) => {
          setArea(next)
          if (byHand) setMoved(true)
        }}
        onOpen={navigate}
      />
      <div class="map-top">
        {moved && area !== undefined && (
          <Button small icon="search" onClick={() => onSearchHere(area)}>
            {say('search_here')}
          </Button>
        )}
        <LastKnown of={answer} />
      </div>
      <Legend />
    </div>
  )
}

const LocateButton = ({ onFound }: { readonly onFound: (spot: { lat: number; lon: number }) => void }) => {
  const [busy, setBusy] = useState(false)
  const run = async (): Promise<void> => {
    setBusy(true)
    const found = await locate()
    setBusy(false)
    if (typeof found === 'object') onFound(found)
    else toast(say(found === 'denied' ? 'position_denied' : 'position_unknown'), 'warning')
  }
  return (
    <button
      type="button"
      class="icon-button framed"
      aria-label={say('locate')}
      title={say('locate')}
      aria-busy={busy}
      onClick={() => void run()}
    >
      {busy ? <span class="spinner" /> : <Icon name="target" />}
    </button>
  )
}

const ViewSwitch = ({ search, change }: { search: Search; change: (change: Partial<Search>) => void }) => (
  <fieldset class="switch">
    <legend class="unseen">{say('view')}</legend>
    {(['map', 'list'] as const).map((view) => (
      <button key={view} type="button" aria-pressed={search.view === view} onClick={() => change({ view })}>
        <Icon name={view} size={18} />
        {say(view === 'map' ? 'view_map' : 'view_list')}
      </button>
    ))}
  </fieldset>
)

/** Looking for a station: on the map, in the list, or in both beside each other. */
export const ExplorePage = () => {
  const [search, change] = useStationSearch()
  const start = useStart(search)
  const facts = useAppFacts()
  const [open, setOpen] = useState(false)
  const { lat, lon, zoom } = start ?? { lat: undefined, lon: undefined, zoom: undefined }
  const target = useMemo(
    () => (lat === undefined || lon === undefined ? undefined : { lat, lon, zoom: zoom ?? 12 }),
    [lat, lon, zoom],
  )
  const currency = facts.value?.currency ?? 'EUR'
  const listQuery =
    target === undefined
      ? undefined
      : {
          lat: target.lat.toFixed(4),
          lon: target.lon.toFixed(4),
          sort: search.sort,
          ...filterQuery(search),
          ...(search.maxPrice === '' ? {} : { currency }),
          ...wishQuery(),
        }
  return (
    <div class={`explore view-${search.view} ${open ? 'open' : ''}`}>
      <PageHead title={say('title')} unseen />
      <div class="explore-bar">
        <ViewSwitch search={search} change={change} />
        <LocateButton onFound={(spot) => change({ ...spot, zoom: 14 })} />
        <LinkButton href="/scan" kind="plain" small icon="scan">
          <span class="long">{say('scan')}</span>
        </LinkButton>
        <Filters search={search} change={change} currency={currency} />
        <WishButton />
      </div>
      {search.view === 'map' && target !== undefined && (
        <MapPart
          search={search}
          target={target}
          onSearchHere={(area) => change({ ...area.center, zoom: area.zoom })}
        />
      )}
      <section class="explore-list" aria-label={say('list_label')}>
        <button type="button" class="sheet-handle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span class="grip" />
          {say(open ? 'sheet_close' : 'sheet_open')}
        </button>
        <div class="explore-scroll">
          <div class="sort-row">
            <SortField search={search} change={change} />
          </div>
          <Favourites />
          {listQuery === undefined ? (
            <Loading lines={5} />
          ) : (
            <StationList
              key={JSON.stringify(listQuery)}
              query={listQuery}
              {...{
                onWiden: filterCount(search) > 0 ? () => change(withoutFilters(search)) : undefined,
              }}
            />
          )}
          <CompareBar />
        </div>
      </section>
    </div>
  )
}
