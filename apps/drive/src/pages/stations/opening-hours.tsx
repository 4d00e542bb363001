import type { Opening } from '../../api/stations.js'
import { formatDateTime } from '../../texts/format.js'
import { language, textsOf } from '../../texts/say.js'
import { weekdayName } from './words.js'

const say = textsOf('stations')

const localTime = (at: string, timeZone: string | null): string =>
  new Intl.DateTimeFormat(language(), {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === null ? {} : { timeZone }),
  }).format(new Date(at))

/** Whether it is open now, in a few words. */
export const openWords = ({ always, open_now, changes_at, time_zone }: Opening): string => {
  if (always && open_now !== false) return say('open_always')
  if (open_now === null) return say('open_unknown')
  if (changes_at === null) return say(open_now ? 'open_now' : 'closed_now')
  const time = localTime(changes_at, time_zone)
  return say(open_now ? 'open_until' : 'closed_until', { time })
}

const hoursOf = ({ regular }: Opening, weekday: number): string => {
  const hours = regular.filter((one) => one.weekday === weekday)
  return hours.length === 0 ? say('closed') : hours.map(({ from, to }) => `${from} – ${to}`).join(', ')
}

/** Opening times of a week, and the exceptions. */
export const OpeningHours = ({ opening }: { readonly opening: Opening }) => {
  const exceptions = [
    ...opening.exceptional_closings.map((one) => ({ ...one, key: 'closed_from' as const })),
    ...opening.exceptional_openings.map((one) => ({ ...one, key: 'open_from' as const })),
  ].filter(({ to }) => Date.parse(to) > Date.now())
  return (
    <div class="stack tight">
      <p>
        <strong>{openWords(opening)}</strong>
      </p>
      {opening.regular.length > 0 && !opening.always && (
        <dl class="facts hours figures">
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <div key={weekday}>
              <dt>{weekdayName(weekday)}</dt>
              <dd>{hoursOf(opening, weekday)}</dd>
            </div>
          ))}
        </dl>
      )}
      {exceptions.map(({ key, from, to }) => (
        <p key={key + from} class="small">
          {say(key, { from: formatDateTime(from), to: formatDateTime(to) })}
        </p>
      ))}
      {opening.charging_when_closed === true && <p class="small soft">{say('charging_when_closed')}</p>}
      {opening.charging_when_closed === false && <p class="small soft">{say('no_charging_when_closed')}</p>}
    </div>
  )
}
