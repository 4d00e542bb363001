import type { Charge } from '../../api/charges.js'
import { formatPower, formatTime } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('charging')

const [WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [340, 130, 40, 8, 22, 12]
const STEPS_KW = [1, 2, 5, 10, 25, 50, 100, 200, 500]

/** Power over the time of a session, as steps. */
export const PowerChart = ({ power }: { readonly power: Charge['power'] }) => {
  const [first, last] = [power[0], power.at(-1)]
  if (first === undefined || last === undefined) return null
  const [start, end] = [Date.parse(first.from), Date.parse(last.to)]
  const most = Math.max(...power.map(({ w }) => w)) / 1000
  if (!(end > start) || most <= 0) return null
  const step = STEPS_KW.find((size) => most / size <= 3) ?? 500
  const top = Math.ceil(most / step) * step
  const x = (at: string): number => LEFT + ((Date.parse(at) - start) / (end - start)) * (WIDTH - LEFT - RIGHT)
  const y = (kw: number): number => HEIGHT - BOTTOM - (kw / top) * (HEIGHT - BOTTOM - TOP)
  const line = power
    .flatMap(({ from, to, w }) => [from, to].map((at) => `${x(at).toFixed(1)},${y(w / 1000).toFixed(1)}`))
    .join(' ')
  const marks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step)
  const words = say('power_picture', { most: formatPower(most), now: formatPower(last.w / 1000) })
  return (
    <svg class="power" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      {marks.map((kw) => (
        <g key={kw}>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(kw)} y2={y(kw)} />
          <text class="label end" x={LEFT - 6} y={y(kw) + 4}>
            {kw}
          </text>
        </g>
      ))}
      <polygon class="area" points={`${LEFT},${y(0)} ${line} ${WIDTH - RIGHT},${y(0)}`} />
      <polyline class="line" points={line} />
      <text class="label" x={LEFT} y={HEIGHT - 6}>
        {formatTime(first.from)}
      </text>
      <text class="label end" x={WIDTH - RIGHT} y={HEIGHT - 6}>
        {formatTime(last.to)}
      </text>
    </svg>
  )
}
