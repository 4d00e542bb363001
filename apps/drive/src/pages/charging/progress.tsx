import type { Charge, ChargeState } from '../../api/charges.js'
import { Icon } from '../../parts/icons.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('charging')

const STEPS = ['step_asked', 'step_accepted', 'step_cable', 'step_charging'] as const

/** How many steps are done; the next one is under way. */
const DONE: Partial<Readonly<Record<ChargeState, number>>> = { asked: 0, accepted: 1, waiting_for_cable: 2 }

/** Whether a charge is still on the way to charging. */
export const isOnTheWay = ({ state }: Pick<Charge, 'state'>): boolean => DONE[state] !== undefined

/** The way from the request to the first energy, and where it stands. */
export const Progress = ({ value }: { readonly value: Charge }) => {
  const done = DONE[value.state] ?? 0
  return (
    <div class="card stack">
      <div class="waiting" role="status">
        <span class="waiting-ring" aria-hidden="true">
          <Icon name={value.state === 'waiting_for_cable' ? 'plug' : 'bolt'} size={40} />
        </span>
        <strong class="lead">
          {value.state === 'waiting_for_cable' ? say('plug_in') : value.state_text}
        </strong>
        {value.state !== 'asked' && (
          <p class="soft">{say(value.state === 'accepted' ? 'start_note' : 'plug_in_text')}</p>
        )}
      </div>
      <ol class="bare steps" aria-label={say('steps')}>
        {STEPS.map((step, index) => {
          const look = index < done ? 'done' : index === done ? 'now' : 'next'
          return (
            <li key={step} class={look} aria-current={look === 'now' ? 'step' : undefined}>
              <span class="step-mark" aria-hidden="true">
                {look === 'done' && <Icon name="check" size={16} />}
              </span>
              <span>{say(step)}</span>
              <span class="unseen">{say(`step_${look}`)}</span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
