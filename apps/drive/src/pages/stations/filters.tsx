import { useState } from 'preact/hooks'
import { plugs } from '../../api/stations.js'
import { Button } from '../../parts/button.js'
import { Dialog } from '../../parts/dialog.js'
import { OneOf, SelectField, SomeOf, TextField } from '../../parts/fields.js'
import { formatPower } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { filterCount, PAYMENTS, POWERS, type Search, withoutFilters } from './search.js'
import { plugName } from './words.js'

const say = textsOf('stations')

interface FiltersProps {
  readonly search: Search
  readonly change: (change: Partial<Search>) => void
  readonly currency: string
}

const FLAGS = ['free', 'open', 'accessible'] as const
const FLAG_WORDS = { free: 'filter_free', open: 'filter_open', accessible: 'filter_accessible' } as const
const PAYMENT_WORDS = {
  app: 'payment_app',
  card: 'payment_card',
  contactless: 'payment_contactless',
  rfid: 'payment_rfid',
} as const

const written = (typed: string): string => typed.trim().replace(',', '.')
const isPrice = (text: string): boolean => text === '' || /^\d{1,2}(\.\d{1,2})?$/.test(text)

const FilterForm = ({ search, change, currency }: FiltersProps) => {
  const [price, setPrice] = useState(search.maxPrice)
  const isWrong = !isPrice(written(price))
  return (
    <div class="stack">
      <SomeOf
        label={say('filter_now')}
        choices={FLAGS.map((value) => ({ value, label: say(FLAG_WORDS[value]) }))}
        values={FLAGS.filter((flag) => search[flag])}
        onValues={(values) =>
          change({
            free: values.includes('free'),
            open: values.includes('open'),
            accessible: values.includes('accessible'),
          })
        }
      />
      <SomeOf<string>
        label={say('filter_plug')}
        choices={plugs.map((value) => ({ value, label: plugName(value) }))}
        values={search.plug}
        onValues={(plug) => change({ plug })}
      />
      <OneOf
        label={say('filter_power')}
        value={String(search.minKw)}
        choices={POWERS.map((kw) => ({
          value: String(kw),
          label: kw === 0 ? say('any') : say('at_least', { power: formatPower(kw) }),
        }))}
        onValue={(value) => change({ minKw: Number(value) })}
      />
      <TextField
        label={say('filter_price', { currency })}
        hint={say('filter_price_hint')}
        inputMode="decimal"
        maxLength={6}
        value={price}
        wrong={isWrong ? say('filter_price_wrong') : undefined}
        onValue={(typed) => {
          setPrice(typed)
          if (isPrice(written(typed))) change({ maxPrice: written(typed) })
        }}
      />
      <SomeOf<string>
        label={say('filter_payment')}
        choices={PAYMENTS.map((value) => ({ value, label: say(PAYMENT_WORDS[value]) }))}
        values={search.payment}
        onValues={(payment) => change({ payment })}
      />
    </div>
  )
}

/** The filters that are used most, and a dialog with all of them. */
export const Filters = (props: FiltersProps) => {
  const [open, setOpen] = useState(false)
  const { search, change } = props
  const count = filterCount(search)
  return (
    <>
      <button
        type="button"
        class="chip"
        aria-pressed={search.free}
        onClick={() => change({ free: !search.free })}
      >
        {say('filter_free')}
      </button>
      <Button kind="plain" small icon="filter" onClick={() => setOpen(true)}>
        {count === 0 ? say('filters') : say('filters_set', { count })}
      </Button>
      {open && (
        <Dialog title={say('filters')} onClose={() => setOpen(false)}>
          <FilterForm {...props} />
          <div class="buttons">
            <Button kind="plain" disabled={count === 0} onClick={() => change(withoutFilters(search))}>
              {say('filters_none')}
            </Button>
            <Button onClick={() => setOpen(false)}>{say('filters_apply')}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

const SORT_WORDS = { distance: 'sort_distance', price: 'sort_price', power: 'sort_power' } as const

/** In which order the list is. */
export const SortField = ({ search, change }: Omit<FiltersProps, 'currency'>) => (
  <SelectField
    label={say('sort')}
    value={search.sort}
    choices={(['distance', 'price', 'power'] as const).map((value) => ({
      value,
      label: say(SORT_WORDS[value]),
    }))}
    onValue={(sort) => change({ sort })}
  />
)
