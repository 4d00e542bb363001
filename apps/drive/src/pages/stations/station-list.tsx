import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import { useEvent } from '../../api/events.js'
import { address, type Query } from '../../api/request.js'
import { type ListedStation, stationList } from '../../api/stations.js'
import { Button } from '../../parts/button.js'
import { Icon } from '../../parts/icons.js'
import { Empty, Failure, LastKnown, Loading } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { formatDistance, formatMoney } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { compared, connectorText, MOST_COMPARED, stationHref } from './chosen.js'
import { PriceTag } from './price-tag.js'
import { stationState } from './state.js'
import { StateSign } from './state-mark.js'
import { plugWords } from './words.js'

const say = textsOf('stations')

/** Puts a connector among those that are compared, or takes it out; says so when there is no room. */
export const toggleCompared = (item: string): void => {
  if (!compared.toggle(item)) toast(say('compare_full', { count: MOST_COMPARED }), 'warning')
}

const CompareToggle = ({ station }: { readonly station: ListedStation }) => {
  const { connector } = station
  if (connector === null) return null
  const item = connectorText({ ...station, ...connector })
  const isOn = compared.has(item)
  return (
    <button
      type="button"
      class="icon-button compare-toggle"
      aria-pressed={isOn}
      aria-label={say('compare_this', { name: station.name })}
      title={say('compare_this', { name: station.name })}
      onClick={() => toggleCompared(item)}
    >
      <Icon name={isOn ? 'check' : 'plus'} size={20} />
    </button>
  )
}

const countWords = ({ free, evses, stale }: ListedStation): string =>
  say(stale ? 'free_of_stale' : 'free_of', { free, all: evses })

const StationEntry = ({ station }: { readonly station: ListedStation }) => (
  <li class="station-entry">
    <Link href={stationHref(station)} class="entry">
      <StateSign state={stationState(station)} stale={station.stale} size={22} />
      <span class="station-name">{station.name}</span>
      <PriceTag price={station.price} isShort />
      <span class="details soft">
        <span class="beside">
          <span>{[countWords(station), ...station.plugs.slice(0, 2).map(plugWords)].join(' · ')}</span>
          {station.price?.per_kwh && (
            <span class="figures">{say('per_kwh', { price: formatMoney(station.price.per_kwh) })}</span>
          )}
        </span>
        <span class="one-line">
          {[
            formatDistance(station.distance_m),
            station.address === station.name ? null : station.address,
            station.operator,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {station.open_now === false && <span class="badge warn">{say('closed_now')}</span>}
      </span>
    </Link>
    <CompareToggle station={station} />
  </li>
)

/** Where much changes, the list is read again this often, in milliseconds. */
const CHANGES_MS = 10_000

interface ListPageProps {
  readonly query: Query
  readonly cursor: string | undefined
  /** Tells how many stations there are, and whether there are more. */
  readonly onNext: (next: string | null) => void
  readonly isFirst: boolean
  readonly onWiden: (() => void) | undefined
}

const ListPage = ({ query, cursor, onNext, isFirst, onWiden }: ListPageProps) => {
  const answer = useAnswer(address(['stations'], { ...query, cursor }), stationList, { everyMinute: isFirst })
  const { value } = answer
  const again = useRef({ run: answer.reload, atMs: 0 })
  again.current.run = answer.reload
  const onChange = useCallback(() => {
    if (!isFirst || Date.now() - again.current.atMs < CHANGES_MS) return
    again.current.atMs = Date.now()
    again.current.run()
  }, [isFirst])
  useEvent('map', onChange)
  useEffect(() => {
    if (value !== undefined) onNext(value.next)
  }, [value])
  if (value === undefined)
    return answer.failure === undefined ? (
      <Loading lines={isFirst ? 5 : 2} />
    ) : (
      <Failure error={answer.failure} retry={answer.reload} />
    )
  if (value.items.length === 0 && isFirst)
    return (
      <Empty icon="pin" title={say('none_title')} text={say('none_text')}>
        {onWiden !== undefined && (
          <Button kind="plain" onClick={onWiden}>
            {say('filters_none')}
          </Button>
        )}
      </Empty>
    )
  return (
    <>
      <LastKnown of={answer} />
      <ul class="rows stations">
        {value.items.map((station) => (
          <StationEntry key={stationHref(station)} station={station} />
        ))}
      </ul>
    </>
  )
}

/** Stations near a place, page by page. */
export const StationList = ({
  query,
  onWiden,
}: {
  readonly query: Query
  /** Takes the filters off; undefined where none is set. */
  readonly onWiden: (() => void) | undefined
}) => {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const [next, setNext] = useState<string | null>(null)
  const last = cursors.length - 1
  return (
    <div class="stack">
      {cursors.map((cursor, index) => (
        <ListPage
          key={cursor ?? ''}
          query={query}
          cursor={cursor}
          isFirst={index === 0}
          onNext={(found) => index === last && setNext(found)}
          onWiden={onWiden}
        />
      ))}
      {next !== null && (
        <Button
          kind="plain"
          full
          onClick={() => {
            setCursors([...cursors, next])
            setNext(null)
          }}
        >
          {say('more_stations')}
        </Button>
      )}
    </div>
  )
}
