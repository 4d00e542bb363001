import type { Vehicle } from '../../api/vehicles.js'
import { formatPercent, formatPower } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('vehicles')

const [WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [330, 196, 36, 20, 40, 26]
const STEPS_KW = [5, 10, 25, 50, 100, 200, 500, 1_000]

interface Point {
  readonly percent: number
  readonly kw: number
}

/** The power at both ends of the axis too: beyond the first and the last point it is that of the point. */
const wholeCurve = (points: readonly Point[]): readonly Point[] => {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return []
  return [{ ...first, percent: 0 }, ...points, { ...last, percent: 100 }]
}

/** A charging curve as a picture: power over the charge of the battery. */
export const CurveChart = ({ curve }: { readonly curve: Vehicle['curve'] }) => {
  const points = wholeCurve(curve.map(({ percent, kw }) => ({ percent, kw: Number(kw) })))
  const peak = points.reduce<Point>((best, point) => (point.kw > best.kw ? point : best), {
    percent: 0,
    kw: 0,
  })
  const end = points.at(-1)
  if (peak.kw === 0 || end === undefined) return null
  const step = STEPS_KW.find((size) => peak.kw / size <= 5) ?? 1_000
  const top = Math.ceil(peak.kw / step) * step
  const x = (percent: number): number => LEFT + (percent / 100) * (WIDTH - LEFT - RIGHT)
  const y = (kw: number): number => HEIGHT - BOTTOM - (kw / top) * (HEIGHT - BOTTOM - TOP)
  const line = points.map(({ percent, kw }) => `${x(percent).toFixed(1)},${y(kw).toFixed(1)}`).join(' ')
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step)
  const words = say('curve_picture', {
    most: formatPower(peak.kw),
    percent: formatPercent(peak.percent),
    end: formatPower(end.kw),
  })
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      {lines.map((kw) => (
        <g key={kw}>
          <line class="grid" x1={LEFT} x2={x(100)} y1={y(kw)} y2={y(kw)} />
          <text class="label end" x={LEFT - 6} y={y(kw) + 4}>
            {kw}
          </text>
        </g>
      ))}
      <polygon class="area" points={`${x(0)},${y(0)} ${line} ${x(100)},${y(0)}`} />
      <polyline class="line" points={line} />
      {[0, 20, 40, 60, 80, 100].map((percent) => (
        <text class="label middle" key={percent} x={x(percent)} y={HEIGHT - BOTTOM + 16}>
          {formatPercent(percent)}
        </text>
      ))}
      <text class="label end" x={LEFT - 6} y={12}>
        kW
      </text>
      <text class="label middle" x={x(50)} y={HEIGHT - 6}>
        {say('curve_axis')}
      </text>
    </svg>
  )
}
