import './charging.css'
import { Route, Switch } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import {
  CURRENT,
  charges,
  RESERVATIONS,
  reservations,
  takeCharge,
  takeReservation,
} from '../../api/charges.js'
import { useEvent } from '../../api/events.js'
import { LinkButton } from '../../parts/button.js'
import { PageHead } from '../../parts/page.js'
import { Answered, Empty } from '../../parts/states.js'
import { textsOf } from '../../texts/say.js'
import { ChargePage } from './charge-page.js'
import { ChargeRow } from './charge-row.js'
import { ChargeView } from './charge-view.js'
import { ReservationCard, ReservationPage } from './reservation.js'
import { ReservePage } from './reserve-page.js'
import { StartPage } from './start-page.js'

const say = textsOf('charging')

const Held = () => {
  const held = useAnswer(RESERVATIONS, reservations)
  return (
    <>
      {(held.value ?? [])
        .filter(({ is_held }) => is_held)
        .map((one) => (
          <ReservationCard key={one.id} value={one} />
        ))}
    </>
  )
}

const Nothing = () => (
  <Empty icon="bolt" title={say('none_title')} text={say('none_text')}>
    <LinkButton href="/">{say('find_station')}</LinkButton>
  </Empty>
)

/** What charges now: nothing, the one, or a list. */
const Current = () => {
  const current = useAnswer(CURRENT, charges)
  return (
    <>
      <PageHead title={say('title')} />
      <Held />
      <Answered of={current} lines={5}>
        {(items) => {
          const [only, ...others] = items
          if (only === undefined) return <Nothing />
          if (others.length === 0) return <ChargeView value={only} />
          return (
            <ul class="rows">
              {items.map((one) => (
                <ChargeRow key={one.id} value={one} href={`/charging/${one.id}`} />
              ))}
            </ul>
          )
        }}
      </Answered>
    </>
  )
}

/** What charges now, and everything on the way there. */
export const ChargingPage = () => {
  useEvent('charge', takeCharge)
  useEvent('reservation', takeReservation)
  return (
    <Switch>
      <Route path="/charging">
        <Current />
      </Route>
      <Route path="/charging/start">
        <StartPage />
      </Route>
      <Route path="/charging/reserve">
        <ReservePage />
      </Route>
      <Route path="/charging/reservations/:id">{({ id }) => <ReservationPage id={id} />}</Route>
      <Route path="/charging/:id">{({ id }) => <ChargePage id={id} />}</Route>
    </Switch>
  )
}

export default ChargingPage
