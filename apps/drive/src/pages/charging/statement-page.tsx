import { useAnswer } from '../../api/answers.js'
import { fileAddress, months, type Statement, statement } from '../../api/charges.js'
import { address } from '../../api/request.js'
import { Icon } from '../../parts/icons.js'
import { Entry, LinkEntry, PageHead } from '../../parts/page.js'
import { Answered, Empty } from '../../parts/states.js'
import { formatDateTime, formatEnergy, formatMoney, formatMonth, formatNumber } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('charging')

const back = { href: '/history', label: '' }

/** All months with charges. */
export const MonthsPage = () => {
  const found = useAnswer('/statements', months)
  return (
    <>
      <PageHead title={say('statements')} back={{ ...back, label: say('history_title') }} />
      <Answered of={found} lines={4}>
        {({ items, time_zone }) =>
          items.length === 0 ? (
            <Empty icon="history" title={say('history_none')} text={say('history_none_text')} />
          ) : (
            <div class="stack">
              <ul class="rows">
                {items.map(({ month, charges, energy_kwh, totals }) => (
                  <LinkEntry
                    key={month}
                    icon="file"
                    href={`/history/months/${month}`}
                    title={formatMonth(month)}
                    below={`${say('charges', { count: charges })} · ${formatEnergy(energy_kwh)}`}
                    end={
                      <span class="charge-end figures">
                        {totals.map(({ total }) => (
                          <strong key={total.currency}>{formatMoney(total)}</strong>
                        ))}
                      </span>
                    }
                  />
                ))}
              </ul>
              <p class="small soft">{say('times_in', { zone: time_zone })}</p>
            </div>
          )
        }
      </Answered>
    </>
  )
}

const Totals = ({ value }: { readonly value: Statement }) => (
  <div class="card stack tight">
    {value.totals.map(({ currency, total, before_taxes, taxes }) => (
      <dl class="facts" key={currency}>
        <div>
          <dt>{say('net')}</dt>
          <dd class="figures">{formatMoney(before_taxes)}</dd>
        </div>
        {taxes.map(({ name, percentage, amount }) => (
          <div key={name + String(percentage)}>
            <dt>{percentage === null ? name : `${name} ${formatNumber(percentage)} %`}</dt>
            <dd class="figures">{formatMoney(amount)}</dd>
          </div>
        ))}
        <div class="sum">
          <dt>{say('total')}</dt>
          <dd class="figures">{formatMoney(total)}</dd>
        </div>
      </dl>
    ))}
  </div>
)

const FileLink = ({ month, kind }: { readonly month: string; readonly kind: 'pdf' | 'csv' }) => (
  <a
    class="button plain small"
    href={fileAddress(['statements', `${month}.${kind}`])}
    target="_blank"
    rel="noreferrer"
    download={kind === 'csv' ? `${month}.csv` : undefined}
  >
    <Icon name="file" size={18} />
    <span>{say(kind)}</span>
  </a>
)

/** The statement of a month. */
export const StatementPage = ({ month }: { readonly month: string }) => {
  const found = useAnswer(address(['statements', month]), statement)
  return (
    <>
      <PageHead
        title={say('statement', { month: formatMonth(month) || month })}
        back={{ ...back, label: say('history_title') }}
      />
      <Answered of={found} lines={6}>
        {(value) =>
          value.items.length === 0 ? (
            <Empty icon="history" title={say('statement_none')} />
          ) : (
            <div class="stack">
              <div class="row actions no-print">
                <FileLink month={month} kind="pdf" />
                <FileLink month={month} kind="csv" />
              </div>
              <Totals value={value} />
              <ul class="rows">
                {value.items.map((item) => (
                  <Entry
                    key={item.number}
                    title={item.station ?? item.operator}
                    below={[
                      item.ended_at === null ? '' : formatDateTime(item.ended_at),
                      formatEnergy(item.energy_kwh),
                      item.number,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                    end={<strong class="figures">{formatMoney(item.total)}</strong>}
                  />
                ))}
              </ul>
              <p class="small soft">{say('times_in', { zone: value.time_zone })}</p>
            </div>
          )
        }
      </Answered>
    </>
  )
}
