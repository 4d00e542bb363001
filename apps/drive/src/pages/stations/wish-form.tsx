import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { useAnswer } from '../../api/answers.js'
import { carModels, cars } from '../../api/stations.js'
import { Button } from '../../parts/button.js'
import { Dialog } from '../../parts/dialog.js'
import { OneOf, SelectField } from '../../parts/fields.js'
import { accountNow } from '../../sign-in/sign-in-state.js'
import { formatEnergy, formatPercent } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { carNow, changeWish, KWH, PERCENT, wish } from './wish.js'

const say = textsOf('stations')

const CLASSES = {
  'city-car': 'car_city',
  compact: 'car_compact',
  'mid-size': 'car_mid_size',
  saloon: 'car_saloon',
  van: 'car_van',
  'plug-in-hybrid': 'car_hybrid',
} as const

const isClass = (id: string): id is keyof typeof CLASSES => Object.hasOwn(CLASSES, id)

/** Cars that prices can be asked for: of the account, then of the catalogue. */
const useCars = () => {
  const own = useAnswer(accountNow() === undefined ? null : '/vehicles', cars)
  const models = useAnswer('/vehicle-models', carModels)
  return [
    { value: 'none', label: say('any_car') },
    ...(own.value ?? []).map(({ id, name }) => ({ value: `mine:${id}`, label: name })),
    ...(models.value ?? []).map(({ id, name }) => ({
      value: `model:${id}`,
      label: name ?? (isClass(id) ? say(CLASSES[id]) : id),
    })),
  ]
}

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly bounds: { readonly min: number; readonly max: number; readonly step: number }
  readonly written: (value: number) => string
  readonly onValue: (value: number) => void
}

/** A number between two others. What it stands on is written beside it; it counts when it is let go. */
const Slider = ({ label, value, bounds, written, onValue }: SliderProps) => {
  const id = useId()
  const [shown, setShown] = useState<number>()
  const now = shown ?? value
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output class="figures" for={id}>
        {written(now)}
      </output>
      <input
        id={id}
        type="range"
        {...bounds}
        value={now}
        aria-valuetext={written(now)}
        onInput={({ currentTarget }) => setShown(Number(currentTarget.value))}
        onChange={({ currentTarget }) => {
          setShown(undefined)
          onValue(Number(currentTarget.value))
        }}
      />
    </div>
  )
}

const percentText = (value: number): string => formatPercent(value)

/** For which car and how much all prices are. */
export const WishForm = () => {
  const choices = useCars()
  const car = carNow()
  const { goal, kwh, fromPercent, toPercent } = wish.value
  const hasCar = car !== 'none'
  return (
    <div class="stack">
      <SelectField
        label={say('car')}
        value={car}
        choices={choices}
        onValue={(value) => changeWish({ car: value })}
      />
      {hasCar && (
        <OneOf
          label={say('goal')}
          value={goal}
          choices={[
            { value: 'energy', label: say('goal_energy') },
            { value: 'percent', label: say('goal_percent') },
          ]}
          onValue={(value) => changeWish({ goal: value })}
        />
      )}
      {hasCar && goal === 'percent' ? (
        <>
          <Slider
            label={say('from_percent')}
            value={fromPercent}
            bounds={{ ...PERCENT, max: 95 }}
            written={percentText}
            onValue={(value) =>
              changeWish({ fromPercent: value, toPercent: Math.max(toPercent, value + PERCENT.step) })
            }
          />
          <Slider
            label={say('to_percent')}
            value={toPercent}
            bounds={{ ...PERCENT, min: 10 }}
            written={percentText}
            onValue={(value) =>
              changeWish({ toPercent: value, fromPercent: Math.min(fromPercent, value - PERCENT.step) })
            }
          />
        </>
      ) : (
        <Slider
          label={say('energy')}
          value={kwh}
          bounds={KWH}
          written={formatEnergy}
          onValue={(value) => changeWish({ kwh: value })}
        />
      )}
    </div>
  )
}

/** The wish in a few words. */
const useWishWords = (): string => {
  const choices = useCars()
  const { goal, kwh, fromPercent, toPercent } = wish.value
  const car = carNow()
  const name = choices.find(({ value }) => value === car)?.label
  const amount =
    goal === 'percent' && car !== 'none'
      ? say('goal_from_to', { from: formatPercent(fromPercent), to: formatPercent(toPercent) })
      : formatEnergy(kwh)
  return car === 'none' || name === undefined ? amount : `${amount} · ${name}`
}

/** Says what prices are for; opens the form that changes it. */
export const WishButton = ({ children }: { readonly children?: ComponentChildren }) => {
  const [open, setOpen] = useState(false)
  const words = useWishWords()
  return (
    <>
      <Button kind="plain" small icon="car" onClick={() => setOpen(true)}>
        <span class="long">{say('prices_for', { wish: words })}</span>
        <span class="short" aria-hidden="true">
          {words}
        </span>
      </Button>
      {open && (
        <Dialog title={say('wish_title')} onClose={() => setOpen(false)}>
          <WishForm />
          {children}
          <div class="buttons">
            <Button onClick={() => setOpen(false)}>{say('show_prices')}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
