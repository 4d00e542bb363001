import type { Charge, ChargeState } from '../../api/charges.js'
import { LinkEntry } from '../../parts/page.js'
import { formatDateTime, formatEnergy, formatMoney } from '../../texts/format.js'

const LOOKS: Readonly<Record<ChargeState, string>> = {
  asked: 'busy',
  accepted: 'busy',
  waiting_for_cable: 'busy',
  charging: 'good',
  paused: 'good',
  stopping: 'busy',
  ended: '',
  receipt: '',
  refused: 'warn',
  failed: 'bad',
  timed_out: 'warn',
}

/** Where a charge stands, as a badge. */
export const StateBadge = ({ value }: { readonly value: Pick<Charge, 'state' | 'state_text'> }) => (
  <span class={`badge ${LOOKS[value.state]}`}>{value.state_text}</span>
)

/** When a charge was, by the best time that is known. */
export const whenOf = ({ ended_at, started_at, asked_at, updated_at }: Charge): string =>
  ended_at ?? started_at ?? asked_at ?? updated_at

/** A charge as one line of a list. */
export const ChargeRow = ({ value, href }: { readonly value: Charge; readonly href: string }) => {
  const { station, means, energy_kwh, cost, state } = value
  const facts = [formatDateTime(whenOf(value)), energy_kwh === null ? '' : formatEnergy(energy_kwh)]
  return (
    <LinkEntry
      icon={means === 'card' ? 'card' : 'bolt'}
      href={href}
      title={station.name ?? station.operator}
      below={facts.filter(Boolean).join(' · ')}
      end={
        <span class="charge-end">
          {cost !== null && <strong class="figures">{formatMoney(cost)}</strong>}
          {state !== 'receipt' && <StateBadge value={value} />}
        </span>
      }
    />
  )
}
