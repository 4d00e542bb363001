import { useEffect, useRef } from 'preact/hooks'
import type { Connector, Evse, StationId } from '../../api/stations.js'
import { LinkButton } from '../../parts/button.js'
import { useNow } from '../../parts/clock.js'
import { Icon } from '../../parts/icons.js'
import { formatDateTime } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { compared, connectorText, stationText } from './chosen.js'
import { PriceLines } from './price-lines.js'
import { PriceTag } from './price-tag.js'
import { stateOf, statusKey } from './state.js'
import { StateSign } from './state-mark.js'
import { toggleCompared } from './station-list.js'
import { wishQuery } from './wish.js'
import { exactAgo, plugWords, valueWords } from './words.js'

const say = textsOf('stations')

/** The status, when it was last known to be so, and since when it is. */
const Status = ({ evse }: { readonly evse: Evse }) => {
  const now = useNow()
  const { status, status_at, status_since, stale, stale_reason } = evse
  const confirmed = exactAgo(now - Date.parse(status_at))
  return (
    <div class="evse-status">
      <StateSign state={stateOf(evse)} stale={stale} size={22} />
      <p>
        <strong class={stale ? 'soft' : ''}>{say(statusKey(status))}</strong>{' '}
        <time class="soft" dateTime={status_at} title={formatDateTime(status_at)}>
          {say('confirmed', { ago: confirmed })}
        </time>
        <span class="small soft">
          {say('status_since', { since: exactAgo(now - Date.parse(status_since)) })}
        </span>
        {stale_reason !== null && <span class="small warn-text">{stale_reason.text}</span>}
      </p>
    </div>
  )
}

interface ConnectorProps {
  readonly station: StationId
  readonly evse: Evse
  readonly connector: Connector
}

/** An address of the pages about charging, that says what is to be charged where. */
const chargingHref = (way: 'start' | 'reserve', { station, evse, connector }: ConnectorProps): string => {
  const place = {
    country_code: station.country_code,
    party_id: station.party_id,
    location_id: station.id,
    evse_uid: evse.uid,
    connector_id: connector.id,
  }
  const wished = Object.entries(wishQuery()).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  )
  return `/charging/${way}?${new URLSearchParams([...Object.entries(place), ...wished]).toString()}`
}

const ConnectorRow = (props: ConnectorProps) => {
  const { station, evse, connector } = props
  const item = connectorText({ ...station, evse_uid: evse.uid, connector_id: connector.id })
  return (
    <li class="connector">
      <div class="connector-head">
        <span class="words">
          <strong>{plugWords(connector)}</strong>
          <span class="small soft">
            {[
              connector.format === null ? '' : say(connector.format === 'CABLE' ? 'with_cable' : 'own_cable'),
              connector.plug_and_charge ? say('plug_and_charge') : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        <PriceTag price={connector.price} />
      </div>
      <PriceLines price={connector.price} />
      <div class="row">
        {evse.can.start.possible && (
          <LinkButton href={chargingHref('start', props)} small icon="bolt">
            {say('start_here')}
          </LinkButton>
        )}
        {evse.can.reserve.possible && (
          <LinkButton href={chargingHref('reserve', props)} kind="plain" small icon="clock">
            {say('reserve')}
          </LinkButton>
        )}
        <button
          type="button"
          class="button quiet small"
          aria-pressed={compared.has(item)}
          onClick={() => toggleCompared(item)}
        >
          <Icon name={compared.has(item) ? 'check' : 'plus'} size={18} />
          <span>{say('compare')}</span>
        </button>
        {connector.terms_url !== null && (
          <a class="small" href={connector.terms_url} target="_blank" rel="noreferrer">
            {say('terms')}
          </a>
        )}
      </div>
    </li>
  )
}

const PAYMENT_CAPABILITIES = {
  REMOTE_START_STOP_CAPABLE: 'payment_app',
  RFID_READER: 'payment_rfid',
  CREDIT_CARD_PAYABLE: 'payment_card',
  DEBIT_CARD_PAYABLE: 'payment_card',
  CONTACTLESS_CARD_SUPPORT: 'payment_contactless',
} as const
const isPayment = (name: string): name is keyof typeof PAYMENT_CAPABILITIES =>
  Object.hasOwn(PAYMENT_CAPABILITIES, name)

const factsOf = (evse: Evse): readonly string[] => {
  const ways = evse.capabilities.flatMap((name) => (isPayment(name) ? [say(PAYMENT_CAPABILITIES[name])] : []))
  const places = evse.parking.flatMap((place) => [
    ...(place.accessible ? [say('accessible')] : []),
    ...(place.roofed === true ? [say('roofed')] : []),
    ...(place.lighting === true ? [say('lighting')] : []),
    ...(place.drive_through === true ? [say('drive_through')] : []),
    ...(place.max_height_m === null ? [] : [say('max_height', { height: `${place.max_height_m} m` })]),
    ...(place.time_limit_minutes === null ? [] : [say('time_limit', { minutes: place.time_limit_minutes })]),
  ])
  const floor = evse.floor_level === null ? [] : [say('floor', { floor: evse.floor_level })]
  const restrictions = evse.parking_restrictions.map((name) => valueWords('restriction', name))
  return [...new Set([...floor, ...ways, ...restrictions, ...places])]
}

const nameOf = ({ physical_reference, evse_id, uid }: Evse): string =>
  physical_reference === null ? (evse_id ?? uid) : say('charger', { number: physical_reference })

/** A charger with its connectors: may I charge there now, what does it cost, and what can be done from here. */
export const EvseCard = ({
  station,
  evse,
  chosen,
}: {
  readonly station: StationId
  readonly evse: Evse
  /** True for the charger whose code was scanned. */
  readonly chosen: boolean
}) => {
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'center' })
  }, [chosen])
  const { start, reserve } = evse.can
  return (
    <li
      ref={card}
      class={`card evse ${chosen ? 'chosen' : ''}`}
      id={`evse-${stationText(station)}-${evse.uid}`}
      aria-current={chosen ? 'true' : undefined}
    >
      <h3>
        {nameOf(evse)}
        {evse.physical_reference !== null && evse.evse_id !== null && (
          <span class="small soft figures"> {evse.evse_id}</span>
        )}
      </h3>
      <Status evse={evse} />
      {evse.directions !== null && <p class="small">{evse.directions}</p>}
      <ul class="bare connectors">
        {evse.connectors.map((connector) => (
          <ConnectorRow key={connector.id} station={station} evse={evse} connector={connector} />
        ))}
      </ul>
      {start.reason !== null && <p class="small cannot">{start.reason.text}</p>}
      {start.possible && reserve.reason !== null && reserve.reason.code === 'not-reservable' && (
        <p class="small soft">{reserve.reason.text}</p>
      )}
      {factsOf(evse).length > 0 && <p class="small soft">{factsOf(evse).join(' · ')}</p>}
    </li>
  )
}
