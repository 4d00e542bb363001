import { useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import { costOfReservation, type Place, reservationCostPath, reserve } from '../../api/charges.js'
import { station, stationPath } from '../../api/stations.js'
import { Button } from '../../parts/button.js'
import { OneOf } from '../../parts/fields.js'
import { PageHead } from '../../parts/page.js'
import { Answered, Failure } from '../../parts/states.js'
import { formatMoney } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { stationHref } from '../stations/chosen.js'
import { wantedIn } from './place-query.js'
import { PlaceMissing } from './start-page.js'

const say = textsOf('charging')

const MINUTES = ['15', '30', '45', '60'] as const
type Minutes = (typeof MINUTES)[number]

const Cost = ({ place, minutes }: { readonly place: Place; readonly minutes: number }) => {
  const found = useAnswer(reservationCostPath(place, minutes), costOfReservation)
  return (
    <Answered of={found} lines={1}>
      {({ cost }) => {
        if (cost === null || cost.total === null) return <p class="soft">{say('reserve_cost_unknown')}</p>
        const isFree = Number(cost.total.amount) === 0
        return (
          <div class="stack tight">
            <p>
              <strong>
                {isFree ? say('reserve_free') : say('reserve_cost', { amount: formatMoney(cost.total) })}
              </strong>
            </p>
            {cost.texts.map((text) => (
              <p class="small soft" key={text}>
                {text}
              </p>
            ))}
          </div>
        )
      }}
    </Answered>
  )
}

const Reserve = ({ place }: { readonly place: Place }) => {
  const [, go] = useLocation()
  const [minutes, setMinutes] = useState<Minutes>('30')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const { country_code, party_id, location_id } = place
  const at = { country_code, party_id, id: location_id }
  const found = useAnswer(stationPath(at, {}), station)
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const made = await reserve(place, Number(minutes))
      go(`/charging/reservations/${made.id}`, { replace: true })
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <>
      <PageHead
        title={say('reserve_title')}
        back={{ href: stationHref(at), label: say('to_station') }}
        below={found.value?.name}
      />
      <div class="stack">
        <OneOf
          label={say('reserve_how_long')}
          choices={MINUTES.map((value) => ({ value, label: say('minutes', { count: Number(value) }) }))}
          value={minutes}
          onValue={setMinutes}
        />
        <Cost place={place} minutes={Number(minutes)} />
        {error !== undefined && <Failure error={error} />}
        <Button full icon="clock" busy={busy} onClick={() => submit().catch(() => undefined)}>
          {say('reserve')}
        </Button>
      </div>
    </>
  )
}

/** Have a plug kept free: for how long, and for how much. */
export const ReservePage = () => {
  const wanted = wantedIn(useSearch())
  return wanted === undefined ? (
    <PlaceMissing title={say('reserve_title')} />
  ) : (
    <Reserve place={wanted.place} />
  )
}
