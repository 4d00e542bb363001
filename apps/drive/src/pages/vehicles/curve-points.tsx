import { Button } from '../../parts/button.js'
import { Icon } from '../../parts/icons.js'
import { textsOf } from '../../texts/say.js'
import type { DraftPoint } from './vehicle-draft.rules.js'

const say = textsOf('vehicles')

interface CurvePointsProps {
  readonly curve: readonly DraftPoint[]
  readonly onCurve: (curve: readonly DraftPoint[]) => void
}

/** The points of a charging curve, to be typed. */
export const CurvePoints = ({ curve, onCurve }: CurvePointsProps) => {
  const put = (index: number, change: Partial<DraftPoint>): void =>
    onCurve(curve.map((point, at) => (at === index ? { ...point, ...change } : point)))
  return (
    <div class="stack tight">
      {curve.length > 0 && (
        <div class="curve-points small soft" aria-hidden="true">
          <span>{say('column_percent')}</span>
          <span>{say('column_kw')}</span>
        </div>
      )}
      {curve.map((point, index) => (
        <div class="curve-points" key={String(index)}>
          <input
            class="input"
            inputMode="numeric"
            aria-label={say('point_percent', { number: index + 1 })}
            value={point.percent}
            onInput={({ currentTarget }) => put(index, { percent: currentTarget.value })}
          />
          <input
            class="input"
            inputMode="decimal"
            aria-label={say('point_kw', { number: index + 1 })}
            value={point.kw}
            onInput={({ currentTarget }) => put(index, { kw: currentTarget.value })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={say('point_remove', { number: index + 1 })}
            onClick={() => onCurve(curve.filter((_, at) => at !== index))}
          >
            <Icon name="close" size={20} />
          </button>
        </div>
      ))}
      <div>
        <Button kind="quiet" icon="plus" onClick={() => onCurve([...curve, { percent: '', kw: '' }])}>
          {say('point_add')}
        </Button>
      </div>
    </div>
  )
}
