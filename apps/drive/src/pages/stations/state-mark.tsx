import { type KeyOf, textsOf } from '../../texts/say.js'
import type { ChargerState } from './state.js'

const say = textsOf('stations')

/** Outlines on a field of 16 by 16; each state has a shape of its own, so that colours are not needed to tell them apart. */
const SHAPES: Readonly<Record<ChargerState, { readonly body: string; readonly sign: string }>> = {
  free: { body: 'M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8Z', sign: 'm4.6 8.3 2.3 2.3 4.5-4.8' },
  taken: {
    body: 'M3.4 1.2h9.2a2.2 2.2 0 0 1 2.2 2.2v9.2a2.2 2.2 0 0 1-2.2 2.2H3.4a2.2 2.2 0 0 1-2.2-2.2V3.4a2.2 2.2 0 0 1 2.2-2.2Z',
    sign: 'M4.8 8h6.4',
  },
  broken: { body: 'M8 .9 15.7 15H.3L8 .9Z', sign: 'M8 6v4m0 2.2v.1' },
  unknown: {
    body: 'M8 .6 15.4 8 8 15.4.6 8 8 .6Z',
    sign: 'M6.3 6.4a1.7 1.7 0 1 1 2.5 1.5c-.5.3-.8.6-.8 1.1m0 2v.1',
  },
}

/** The sign of a state, beside words. */
export const StateSign = ({
  state,
  stale = false,
  size = 16,
}: {
  readonly state: ChargerState
  readonly stale?: boolean
  readonly size?: number
}) => (
  <svg
    class={`state-sign ${stale ? 'stale' : state}`}
    width={size}
    height={size}
    viewBox="0 0 16 16"
    aria-hidden="true"
  >
    <path class="body" d={SHAPES[state].body} />
    <path class="sign" d={SHAPES[state].sign} />
  </svg>
)

const WORDS = {
  free: 'legend_free',
  taken: 'legend_taken',
  broken: 'legend_broken',
  unknown: 'legend_unknown',
} as const satisfies Readonly<Record<ChargerState, KeyOf<'stations'>>>

/** What the signs on the map mean. */
export const Legend = () => (
  <ul class="legend bare">
    {(['free', 'taken', 'broken', 'unknown'] as const).map((state) => (
      <li key={state}>
        <StateSign state={state} size={14} />
        {say(WORDS[state])}
      </li>
    ))}
    <li>
      <StateSign state="free" stale size={14} />
      {say('legend_stale')}
    </li>
  </ul>
)

/** The shapes, for those who draw them on a map. */
export const shapeOf = (state: ChargerState) => SHAPES[state]
