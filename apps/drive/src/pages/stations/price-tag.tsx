import type { Price } from '../../api/stations.js'
import { formatMoney } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('stations')

/** The price of the wish and of a kWh, or that nobody knows it. */
export const PriceTag = ({
  price,
  isShort = false,
}: {
  readonly price: Price | null
  /** Leaves out the price of a kWh. */
  readonly isShort?: boolean
}) => {
  if (price === null || price.total === null)
    return (
      <span class="price-tag none" title={price?.why_none?.text}>
        {say(price?.why_none?.code === 'does-not-fit' ? 'does_not_fit' : 'no_price')}
      </span>
    )
  return (
    <span class="price-tag">
      <strong class="figures">{formatMoney(price.total)}</strong>
      {!price.taxes_included && <span class="small soft">{say('plus_taxes')}</span>}
      {price.per_kwh !== null && !isShort && (
        <span class="small soft figures">{say('per_kwh', { price: formatMoney(price.per_kwh) })}</span>
      )}
    </span>
  )
}
