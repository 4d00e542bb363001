import type { Price } from '../../api/stations.js'
import { formatDuration, formatMoney } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('stations')

const UNKNOWNS = { power: 'depends_power', parking: 'depends_parking', start: 'depends_start' } as const
const isUnknown = (name: string): name is keyof typeof UNKNOWNS => Object.hasOwn(UNKNOWNS, name)

const Range = ({ range }: { readonly range: NonNullable<Price['range']> }) => {
  const { low, high, depends_on } = range
  if (low.amount === high.amount) return null
  const why = depends_on.flatMap((name) => (isUnknown(name) ? [say(UNKNOWNS[name])] : []))
  return (
    <p class="small soft">
      {say('range', { low: formatMoney(low), high: formatMoney(high), why: why.join(', ') })}
    </p>
  )
}

/** How a price comes about, line by line, and the tariff in words. */
export const PriceLines = ({ price }: { readonly price: Price }) => {
  const { total, lines, range, minutes, tariff_text, why_none } = price
  // NOTE: without a tariff there is nothing to open.
  if (total === null && tariff_text === null)
    return why_none === null ? null : <p class="small soft">{why_none.text}</p>
  return (
    <details class="price-lines">
      <summary>{say(total === null ? 'why_no_price' : 'how_price')}</summary>
      <div class="stack tight">
        {why_none !== null && <p>{why_none.text}</p>}
        {lines.length > 0 && (
          <ul class="bare lines">
            {lines.map(({ text, because }, index) => (
              <li key={String(index)}>
                {text}
                {because.map((reason) => (
                  <span class="small soft" key={reason}>
                    {' '}
                    {reason}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        )}
        {total !== null && (
          <p>
            <strong>{say('total', { total: formatMoney(total) })}</strong>{' '}
            {!price.taxes_included && say('plus_taxes')}
          </p>
        )}
        {minutes !== null && <p class="small soft">{say('takes', { time: formatDuration(minutes * 60) })}</p>}
        {range !== null && <Range range={range} />}
        {tariff_text !== null && (
          <>
            <h4>{say('tariff')}</h4>
            <ul class="bare lines small">
              {tariff_text.split('\n').map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </details>
  )
}
