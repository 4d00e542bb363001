import { useState } from 'preact/hooks'
import { useAnswer } from '../../api/answers.js'
import { type Charge, chargePage } from '../../api/charges.js'
import { address } from '../../api/request.js'
import { Button, LinkButton } from '../../parts/button.js'
import { OneOf } from '../../parts/fields.js'
import { PageHead } from '../../parts/page.js'
import { Answered, Empty } from '../../parts/states.js'
import { formatMonth } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { ChargeRow, whenOf } from './charge-row.js'

const say = textsOf('charging')

const MEANS = ['all', 'app', 'card'] as const
type Means = (typeof MEANS)[number]

interface Month {
  readonly month: string
  readonly charges: readonly Charge[]
}

/** Charges in their order, by the month in which they were on the device's clock. */
const byMonth = (charges: readonly Charge[]): readonly Month[] => {
  const months: { month: string; charges: Charge[] }[] = []
  for (const charge of charges) {
    const at = new Date(whenOf(charge))
    const month = `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`
    const last = months.at(-1)
    if (last?.month === month) last.charges.push(charge)
    else months.push({ month, charges: [charge] })
  }
  return months
}

const hrefOf = ({ id, receipt }: Charge): string => (receipt ? `/history/${id}` : `/charging/${id}`)

interface PartProps {
  readonly means: Means
  readonly cursor: string | null
  /** The month the part before ended with. */
  readonly after: string | undefined
  readonly isLast: boolean
  readonly onMore: (cursor: string, after: string | undefined) => void
}

const Part = ({ means, cursor, after, isLast, onMore }: PartProps) => {
  const query = { limit: 20, cursor, means: means === 'all' ? null : means }
  const found = useAnswer(address(['charges'], query), chargePage)
  return (
    <Answered of={found} lines={6}>
      {({ items, next }) => {
        if (items.length === 0 && cursor === null)
          return (
            <Empty icon="history" title={say('history_none')} text={say('history_none_text')}>
              <LinkButton href="/">{say('find_station')}</LinkButton>
            </Empty>
          )
        const months = byMonth(items)
        return (
          <div class="stack">
            {months.map(({ month, charges }, index) => (
              <section class="stack tight" key={month + String(index)}>
                {(index > 0 || month !== after) && (
                  <div class="row apart">
                    <h2 class="section-title">{formatMonth(month)}</h2>
                    <LinkButton href={`/history/months/${month}`} kind="quiet" small icon="file">
                      {say('month_statement')}
                    </LinkButton>
                  </div>
                )}
                <ul class="rows">
                  {charges.map((one) => (
                    <ChargeRow key={one.id} value={one} href={hrefOf(one)} />
                  ))}
                </ul>
              </section>
            ))}
            {isLast && next !== null && (
              <Button kind="plain" onClick={() => onMore(next, months.at(-1)?.month)}>
                {say('more')}
              </Button>
            )}
          </div>
        )
      }}
    </Answered>
  )
}

interface PartPlace {
  readonly cursor: string | null
  readonly after: string | undefined
}

const FIRST: readonly PartPlace[] = [{ cursor: null, after: undefined }]

/** All charges, the newest first, by month. */
export const HistoryList = () => {
  const [means, setMeans] = useState<Means>('all')
  const [parts, setParts] = useState(FIRST)
  return (
    <>
      <PageHead title={say('history_title')} />
      <div class="stack">
        <div class="row apart">
          <OneOf
            label={say('means')}
            choices={MEANS.map((value) => ({ value, label: say(value) }))}
            value={means}
            onValue={(chosen) => {
              setMeans(chosen)
              setParts(FIRST)
            }}
          />
          <LinkButton href="/history/months" kind="plain" small icon="file">
            {say('statements')}
          </LinkButton>
        </div>
        {parts.map(({ cursor, after }, index) => (
          <Part
            key={`${means} ${cursor}`}
            means={means}
            cursor={cursor}
            after={after}
            isLast={index === parts.length - 1}
            onMore={(next, month) => setParts([...parts, { cursor: next, after: month }])}
          />
        ))}
      </div>
    </>
  )
}
