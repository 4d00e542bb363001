import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import { cancelReservation, type Reservation, reservation, reservationPath } from '../../api/charges.js'
import { Button, LinkButton } from '../../parts/button.js'
import { useNow } from '../../parts/clock.js'
import { Confirm } from '../../parts/dialog.js'
import { PageHead } from '../../parts/page.js'
import { Answered, Notice } from '../../parts/states.js'
import { formatDuration, formatMoney, formatTime } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { stationHref } from '../stations/chosen.js'
import { placeHref } from './place-query.js'

const say = textsOf('charging')

interface OfReservation {
  readonly value: Reservation
}

const Cancel = ({ value }: OfReservation) => {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button kind="plain" full onClick={() => setAsking(true)}>
        {say('reserve_cancel')}
      </Button>
      {asking && (
        <Confirm
          title={say('reserve_cancel')}
          does={say('reserve_cancel')}
          danger
          onClose={() => setAsking(false)}
          run={() => cancelReservation(value.id)}
        >
          <p>{say('reserve_cancel_text')}</p>
        </Confirm>
      )}
    </>
  )
}

/** A reservation: how long it still holds, and what can be done with it. */
export const ReservationCard = ({ value }: OfReservation) => {
  const now = useNow()
  const { station, evse, connector_id, state, state_text, reason, cost, expires_at, is_held } = value
  const leftS = (Date.parse(expires_at) - now) / 1000
  const held = state === 'reserved' || state === 'cancelling'
  return (
    <section class="card stack reservation" aria-label={say('reservation')}>
      <div class="row apart">
        <span class={`badge ${held ? 'good' : is_held ? 'busy' : ''}`}>{state_text}</span>
        {held && leftS > 0 && (
          <strong class="figures">{say('time_left', { time: formatDuration(leftS) })}</strong>
        )}
      </div>
      <div class="where">
        <Link class="lead" href={stationHref(station)}>
          {station.name}
        </Link>
        <span class="soft small">
          {[
            station.city,
            evse?.evse_id ?? evse?.uid,
            held ? say('reserved_until', { time: formatTime(expires_at) }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {cost?.total !== null && cost?.total !== undefined && Number(cost.total.amount) > 0 && (
          <span class="soft small">{say('reserve_cost', { amount: formatMoney(cost.total) })}</span>
        )}
      </div>
      {reason?.text !== null && reason?.text !== undefined && (
        <Notice kind="warn">
          {reason.text}
          {reason.operator_says !== null && (
            <span class="small"> {say('operator_says', { text: reason.operator_says })}</span>
          )}
        </Notice>
      )}
      {state === 'reserved' && evse !== null && connector_id !== null && (
        <LinkButton
          href={placeHref('start', {
            ...{ country_code: station.country_code, party_id: station.party_id },
            ...{ location_id: station.id, evse_uid: evse.uid, connector_id },
          })}
          full
          icon="bolt"
        >
          {say('start_here')}
        </LinkButton>
      )}
      {value.can_cancel && <Cancel value={value} />}
    </section>
  )
}

/** One reservation. */
export const ReservationPage = ({ id }: { readonly id: string }) => {
  const found = useAnswer(reservationPath(id), reservation)
  return (
    <>
      <PageHead title={say('reservation')} back={{ href: '/charging', label: say('title') }} />
      <Answered of={found}>{(value) => <ReservationCard value={value} />}</Answered>
    </>
  )
}
