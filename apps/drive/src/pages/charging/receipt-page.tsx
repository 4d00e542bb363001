import { useState } from 'preact/hooks'
import { useAnswer } from '../../api/answers.js'
import { fileAddress, type Receipt, receipt } from '../../api/charges.js'
import { ApiFailure } from '../../api/failure.js'
import { address } from '../../api/request.js'
import { Button, LinkButton } from '../../parts/button.js'
import { Icon } from '../../parts/icons.js'
import { PageHead, Section } from '../../parts/page.js'
import { Answered, Notice } from '../../parts/states.js'
import {
  formatDateTime,
  formatDuration,
  formatEnergy,
  formatMoney,
  formatNumber,
} from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { CostLines } from './cost-lines.js'

const say = textsOf('charging')

interface OfReceipt {
  readonly value: Receipt
}

const Fact = ({ label, words }: { readonly label: string; readonly words: string | null }) =>
  words === null || words === '' ? null : (
    <div>
      <dt>{label}</dt>
      <dd>{words}</dd>
    </div>
  )

const Facts = ({ value }: OfReceipt) => {
  const { station, evse, started_at, ended_at, duration_s, energy_kwh } = value
  return (
    <dl class="facts">
      <Fact label={say('number')} words={value.number} />
      <Fact label={say('seller')} words={value.seller.name} />
      <Fact label={say('operator')} words={station.operator} />
      <Fact label={say('charge_point')} words={evse === null ? null : (evse.evse_id ?? evse.uid)} />
      <Fact label={say('began')} words={started_at === null ? null : formatDateTime(started_at)} />
      <Fact label={say('ended')} words={ended_at === null ? null : formatDateTime(ended_at)} />
      <Fact label={say('time')} words={duration_s === null ? null : formatDuration(duration_s)} />
      <Fact label={say('energy')} words={energy_kwh === null ? null : formatEnergy(energy_kwh)} />
      <Fact label={say('meter')} words={value.meter_id} />
      <Fact label={say('means')} words={say(value.means)} />
    </dl>
  )
}

const rateOf = (percentage: number | null): string =>
  percentage === null ? '' : ` ${formatNumber(percentage)} %`

const Price = ({ value }: OfReceipt) => (
  <div class="card stack tight">
    {value.lines.some(({ because }) => because.length > 0) && <p class="small soft">{say('tap_line')}</p>}
    <CostLines lines={value.lines} />
    <dl class="facts sums">
      <Fact label={say('net')} words={formatMoney(value.before_taxes)} />
      {value.taxes.map(({ name, percentage, amount }) => (
        <Fact key={name + String(percentage)} label={name + rateOf(percentage)} words={formatMoney(amount)} />
      ))}
    </dl>
    <p class="row apart sum">
      <strong>{say('total')}</strong>
      <strong class="figures">{formatMoney(value.total)}</strong>
    </p>
  </div>
)

const KINDS: Readonly<Record<string, 'good' | 'warn' | 'note'>> = { agrees: 'good', differs: 'warn' }

const Notes = ({ value }: OfReceipt) => {
  const { check, quote, credited, signed, remark, documents } = value
  return (
    <>
      {credited !== null && <Notice>{credited}</Notice>}
      {quote !== null && (
        <Notice kind={quote.matches ? 'good' : 'note'} title={say('compared')}>
          {[quote.text, ...quote.because].join(' ')}
        </Notice>
      )}
      {check !== null && (
        <Notice kind={KINDS[check.outcome] ?? 'note'} title={say('check')}>
          {[check.text, check.what_we_do ?? ''].join(' ')}
        </Notice>
      )}
      {documents.length > 1 && (
        <Section title={say('documents')}>
          <dl class="facts">
            {documents.map(({ text, number, total, counts }) => (
              <Fact
                key={number}
                label={`${text} ${number}${counts ? ' ✓' : ''}`}
                words={total === null ? '–' : formatMoney(total)}
              />
            ))}
          </dl>
        </Section>
      )}
      {signed !== null && <p class="small soft">{signed.text}</p>}
      {remark !== null && <p class="small soft">{say('operator_says', { text: remark })}</p>}
    </>
  )
}

/** Shares the PDF where the device can share files. */
const ShareButton = ({ href, name }: { readonly href: string; readonly name: string }) => {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const probe = new File([''], 'receipt.pdf', { type: 'application/pdf' })
  if (typeof navigator.canShare !== 'function' || !navigator.canShare({ files: [probe] })) return null
  const share = async (): Promise<void> => {
    setBusy(true)
    setFailed(false)
    try {
      const answer = await fetch(href, { credentials: 'same-origin' })
      if (!answer.ok) throw new ApiFailure(answer.status, '', '')
      const file = new File([await answer.blob()], `${name}.pdf`, { type: 'application/pdf' })
      await navigator.share({ files: [file], title: name })
    } catch (error) {
      // NOTE: whoever closes the sheet of the device has changed their mind.
      setFailed(!(error instanceof DOMException && error.name === 'AbortError'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button kind="plain" small busy={busy} icon="next" onClick={() => share().catch(() => undefined)}>
        {say('share')}
      </Button>
      {failed && <Notice kind="warn">{say('share_failed')}</Notice>}
    </>
  )
}

const Actions = ({ value }: OfReceipt) => {
  const href = fileAddress(['charges', value.charge_id, 'receipt.pdf'])
  return (
    <div class="row actions no-print">
      <a class="button plain small" href={href} target="_blank" rel="noreferrer">
        <Icon name="file" size={18} />
        <span>{say('pdf')}</span>
      </a>
      <Button kind="plain" small icon="download" onClick={() => window.print()}>
        {say('print')}
      </Button>
      <ShareButton href={href} name={value.number} />
      <LinkButton href={`/report?charge=${value.charge_id}&kind=wrong_price`} kind="quiet" small icon="flag">
        {say('report')}
      </LinkButton>
    </div>
  )
}

/** A receipt, line by line. */
export const ReceiptPage = ({ id }: { readonly id: string }) => {
  const found = useAnswer(address(['charges', id, 'receipt']), receipt)
  const { failure } = found
  const isNone = failure instanceof ApiFailure && failure.type.endsWith('no-receipt')
  return (
    <>
      <PageHead
        title={say('receipt')}
        back={{ href: '/history', label: say('history_title') }}
        below={found.value?.station.name ?? undefined}
      />
      {isNone ? (
        <Notice>{say('no_receipt')}</Notice>
      ) : (
        <Answered of={found} lines={8}>
          {(value) => (
            <div class="stack receipt">
              <p class="big-figure figures">{formatMoney(value.total)}</p>
              <Actions value={value} />
              <Price value={value} />
              <Notes value={value} />
              <Section title={say('details')}>
                <Facts value={value} />
              </Section>
            </div>
          )}
        </Answered>
      )}
    </>
  )
}
