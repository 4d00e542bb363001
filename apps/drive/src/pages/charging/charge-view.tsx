import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { type Charge, type Place, stopCharge } from '../../api/charges.js'
import { Age } from '../../parts/age.js'
import { Button, LinkButton } from '../../parts/button.js'
import { Confirm } from '../../parts/dialog.js'
import { Icon } from '../../parts/icons.js'
import { Notice } from '../../parts/states.js'
import { formatDuration, formatEnergy, formatMoney, formatPercent, formatPower } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { stationHref } from '../stations/chosen.js'
import { plugWords } from '../stations/words.js'
import { StateBadge } from './charge-row.js'
import { CostLines } from './cost-lines.js'
import { placeHref } from './place-query.js'
import { PowerChart } from './power-chart.js'
import { PreferencesForm } from './preferences-form.js'
import { isOnTheWay, Progress } from './progress.js'

const say = textsOf('charging')

interface OfCharge {
  readonly value: Charge
}

const placeOf = ({ station, evse, connector }: Charge): Place | undefined =>
  station.id === null || evse === null || connector === null
    ? undefined
    : {
        ...{ country_code: station.country_code, party_id: station.party_id },
        ...{ location_id: station.id, evse_uid: evse.uid, connector_id: connector.id },
      }

const stationLink = ({ station }: Charge): string | undefined =>
  station.id === null ? undefined : stationHref({ ...station, id: station.id })

/** Where it is: the station, its address, the plug. */
const Where = ({ value }: OfCharge) => {
  const { station, evse, connector, means } = value
  const href = stationLink(value)
  const plug = connector === null ? '' : plugWords(connector)
  const name = station.name ?? station.operator
  return (
    <div class="where">
      <strong class="lead">{href === undefined ? name : <Link href={href}>{name}</Link>}</strong>
      <span class="soft small">
        {[station.address === name ? '' : station.address, station.city, evse?.evse_id ?? evse?.uid, plug]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span class="soft small">
        {station.operator} · {say(means === 'card' ? 'by_card' : 'by_app')}
      </span>
    </div>
  )
}

/** Why it did not work, and what can be done now. */
const Refusal = ({ value }: OfCharge) => {
  const { reason, station, state_text, id } = value
  const [place, href] = [placeOf(value), stationLink(value)]
  return (
    <div class="card stack">
      <div class="waiting" role="alert">
        <span class="waiting-icon" aria-hidden="true">
          <Icon name="warning" size={40} />
        </span>
        <strong class="lead">{reason?.text ?? state_text}</strong>
        {reason !== null && <p>{reason.what_to_do}</p>}
        {typeof reason?.operator_says === 'string' && (
          <p class="soft small">{say('operator_says', { text: reason.operator_says })}</p>
        )}
      </div>
      <div class="stack tight">
        {place !== undefined && (
          <LinkButton href={placeHref('start', place)} full icon="bolt">
            {say('try_again')}
          </LinkButton>
        )}
        {href !== undefined && (
          <LinkButton href={href} kind="plain" full icon="plug">
            {say('other_plug')}
          </LinkButton>
        )}
        {station.help_phone !== null && (
          <a class="button plain full" href={`tel:${station.help_phone.replace(/[^+\d]/g, '')}`}>
            {say('call_operator')}: {station.help_phone}
          </a>
        )}
        <LinkButton href={`/report?charge=${id}`} kind="quiet" full icon="flag">
          {say('report')}
        </LinkButton>
      </div>
    </div>
  )
}

const Battery = ({ percent }: { readonly percent: NonNullable<Charge['percent']> }) => {
  const { now, target, is_estimate } = percent
  const words = say(is_estimate ? 'battery' : 'battery_told', { percent: formatPercent(now) })
  return (
    <div class="battery">
      <progress value={now} max={100} aria-label={words} />
      <span class="row apart small">
        <span>{words}</span>
        {target !== null && (
          <span class="soft">{say('battery_goal', { percent: formatPercent(target) })}</span>
        )}
      </span>
    </div>
  )
}

const Figure = ({ label, words }: { readonly label: string; readonly words: string }) => (
  <div>
    <dt>{label}</dt>
    <dd class="figures">{words}</dd>
  </div>
)

const Figures = ({ value }: OfCharge) => {
  const { power_w, cost, duration_s, is_over, cost_includes_tax } = value
  const money = cost === null ? say('cost_unknown') : formatMoney(cost)
  return (
    <dl class="live-figures">
      {!is_over && (
        <Figure label={say('power')} words={power_w === null ? '–' : formatPower(power_w / 1000)} />
      )}
      <Figure
        label={say(is_over ? 'cost_final' : 'cost')}
        words={cost === null || cost_includes_tax ? money : `${money} ${say('plus_taxes')}`}
      />
      <Figure label={say('time')} words={duration_s === null ? '–' : formatDuration(duration_s)} />
    </dl>
  )
}

const StopButton = ({ value }: OfCharge) => {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button danger full icon="stop" busy={value.state === 'stopping'} onClick={() => setAsking(true)}>
        {value.state === 'stopping' ? value.state_text : say('stop')}
      </Button>
      {asking && (
        <Confirm
          title={say('stop_title')}
          does={say('stop')}
          danger
          onClose={() => setAsking(false)}
          run={() => stopCharge(value.id)}
        >
          <p>{say('stop_text')}</p>
        </Confirm>
      )}
    </>
  )
}

/** A note beside what runs: it started late, it would not stop. */
const Note = ({ value: { reason } }: OfCharge) =>
  reason === null ? null : (
    <Notice kind={reason.code.startsWith('stop_') && reason.code !== 'stop_accepted' ? 'warn' : 'note'}>
      {reason.text} {reason.what_to_do}
      {typeof reason.operator_says === 'string' && (
        <span class="small"> {say('operator_says', { text: reason.operator_says })}</span>
      )}
    </Notice>
  )

/** What charges now, or has charged: figures, the power, what the cost is made of. */
const Live = ({ value }: OfCharge) => {
  const { energy_kwh, percent, power, cost_lines, state, is_over, updated_at } = value
  return (
    <>
      <Note value={value} />
      <div class="card stack">
        <div class="row apart">
          <StateBadge value={value} />
          <span class="small soft">
            {say('heard')} <Age at={updated_at} />
          </span>
        </div>
        <p class={`big-figure figures ${state === 'charging' ? 'alive' : ''}`}>
          {energy_kwh === null ? '–' : formatEnergy(energy_kwh)}
        </p>
        {percent !== null && <Battery percent={percent} />}
        <Figures value={value} />
        <PowerChart power={power} />
        {cost_lines.length > 0 && (
          <details class="price-lines">
            <summary>{say('cost_lines')}</summary>
            <CostLines lines={cost_lines} />
          </details>
        )}
      </div>
      {value.can_prefer && <PreferencesForm value={value} />}
      {(value.can_stop || state === 'stopping') && <StopButton value={value} />}
      {is_over && !value.receipt && <p class="soft">{say('receipt_coming')}</p>}
      {value.receipt && (
        <LinkButton href={`/history/${value.id}`} full icon="file">
          {say('show_receipt')}
        </LinkButton>
      )}
      <LinkButton href={`/report?charge=${value.id}`} kind="quiet" full icon="flag">
        {say('report')}
      </LinkButton>
    </>
  )
}

const FAILED: readonly Charge['state'][] = ['refused', 'failed', 'timed_out']

/** A charge as it stands. */
export const ChargeView = ({ value }: OfCharge) => (
  <div class="stack">
    <Where value={value} />
    {isOnTheWay(value) ? (
      <>
        <Note value={value} />
        <Progress value={value} />
        {value.can_stop && <StopButton value={value} />}
      </>
    ) : FAILED.includes(value.state) ? (
      <Refusal value={value} />
    ) : (
      <Live value={value} />
    )}
  </div>
)
