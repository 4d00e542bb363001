import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import { startCharge } from '../../api/charges.js'
import { ApiFailure } from '../../api/failure.js'
import { getQuotes, type Quote, type Station, station, stationPath } from '../../api/stations.js'
import { Button, LinkButton } from '../../parts/button.js'
import { PageHead } from '../../parts/page.js'
import { Failure, LastKnown, Loading, Notice } from '../../parts/states.js'
import { formatDuration, formatEnergy, formatMoney, formatPercent } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { stationHref } from '../stations/chosen.js'
import { plugWords } from '../stations/words.js'
import { CostLines } from './cost-lines.js'
import { type Wanted, wantedIn } from './place-query.js'

const say = textsOf('charging')

interface Priced {
  readonly quote: Quote | undefined
  readonly failure: unknown
  /** When it was shown, as the receipt compares with it. */
  readonly shownAt: string
}

/** What the wish costs at the plug; undefined until that is known. */
const useQuote = ({ place, wish }: Wanted): Priced | undefined => {
  const [priced, setPriced] = useState<Priced>()
  const key = JSON.stringify([place, wish])
  useEffect(() => {
    const gone = new AbortController()
    const connector = { ...place, id: place.location_id }
    const shown = (quote: Quote | undefined, failure?: unknown): void => {
      if (!gone.signal.aborted) setPriced({ quote, failure, shownAt: new Date().toISOString() })
    }
    getQuotes([connector], wish, gone.signal).then(
      (quotes) => shown(quotes[0]),
      (failure: unknown) => shown(undefined, failure),
    )
    return () => gone.abort()
  }, [key])
  return priced
}

/** What is charged, as it was wished for. */
const goalWords = ({ goal }: Wanted, quote: Quote | undefined): string => {
  const { from_percent: from, to_percent: to, energy_kwh } = goal
  if (from !== undefined && to !== undefined)
    return say('for_percent', { from: formatPercent(from), to: formatPercent(to) })
  const kwh = energy_kwh ?? quote?.energy_kwh
  return kwh === undefined || kwh === null ? '' : say('for_energy', { energy: formatEnergy(kwh) })
}

const PriceCard = ({ wanted, priced }: { readonly wanted: Wanted; readonly priced: Priced | undefined }) => {
  if (priced === undefined) return <Loading lines={3} />
  const { quote, failure } = priced
  if (failure !== undefined) return <Failure error={failure} />
  if (quote === undefined || quote.total === null)
    return <Notice kind="warn">{quote?.why_none?.text ?? say('price_none')}</Notice>
  return (
    <div class="card stack tight">
      <span class="soft">{goalWords(wanted, quote)}</span>
      <p class="big-figure figures">{formatMoney(quote.total)}</p>
      <span class="soft small">
        {[
          quote.per_kwh === null ? '' : say('per_kwh', { price: formatMoney(quote.per_kwh, 4) }),
          quote.minutes === null ? '' : say('takes', { time: formatDuration(quote.minutes * 60) }),
          quote.taxes_included ? '' : say('plus_taxes'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {quote.lines.length > 0 && (
        <details class="price-lines">
          <summary>{say('how_price')}</summary>
          <CostLines lines={quote.lines} />
        </details>
      )}
    </div>
  )
}

const Where = ({ value, wanted }: { readonly value: Station; readonly wanted: Wanted }) => {
  const evse = value.evses.find(({ uid }) => uid === wanted.place.evse_uid)
  const connector = evse?.connectors.find(({ id }) => id === wanted.place.connector_id)
  const hindrance = evse?.can.start.reason
  return (
    <>
      <div class="where">
        <strong class="lead">{value.name}</strong>
        <span class="soft small">
          {[value.address === value.name ? '' : value.address, value.city].filter(Boolean).join(', ')}
        </span>
        <span class="soft small">
          {[
            evse?.evse_id ?? evse?.uid,
            connector === undefined ? '' : plugWords(connector),
            value.operator.name,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {hindrance !== null && hindrance !== undefined && <Notice kind="warn">{hindrance.text}</Notice>}
    </>
  )
}

/** What the driver was shown, as the node keeps it. */
const shownQuote = ({ quote, shownAt }: Priced) =>
  quote?.total === null || quote?.total === undefined
    ? {}
    : {
        quote: {
          total: quote.total,
          shown_at: shownAt,
          ...(quote.energy_kwh === null ? {} : { energy_kwh: quote.energy_kwh }),
          ...(quote.minutes === null ? {} : { minutes: quote.minutes }),
        },
      }

const StartForm = ({ wanted, priced }: { readonly wanted: Wanted; readonly priced: Priced | undefined }) => {
  const [, go] = useLocation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  // NOTE: one for the page: pressing again after a lost answer is the same start.
  const requestId = useMemo(() => crypto.randomUUID(), [])
  const start = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const charge = await startCharge({
        ...wanted.place,
        request_id: requestId,
        goal: wanted.goal,
        ...(wanted.vehicleId === undefined ? {} : { vehicle_id: wanted.vehicleId }),
        ...(priced === undefined ? {} : shownQuote(priced)),
      })
      go(`/charging/${charge.id}`, { replace: true })
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  const isRunning = error instanceof ApiFailure && error.type.endsWith('start-running')
  return (
    <div class="stack tight">
      {error !== undefined && <Failure error={error} />}
      {isRunning && (
        <LinkButton href="/charging" kind="plain" full>
          {say('title')}
        </LinkButton>
      )}
      <Button full icon="bolt" busy={busy} onClick={() => start().catch(() => undefined)}>
        {say(busy ? 'starting' : 'start')}
      </Button>
      <p class="small soft center">{say('start_note')}</p>
    </div>
  )
}

const Start = ({ wanted }: { readonly wanted: Wanted }) => {
  const { country_code, party_id, location_id } = wanted.place
  const at = { country_code, party_id, id: location_id }
  const found = useAnswer(stationPath(at, {}), station)
  const priced = useQuote(wanted)
  return (
    <>
      <PageHead title={say('start_title')} back={{ href: stationHref(at), label: say('to_station') }} />
      <div class="stack">
        <LastKnown of={found} />
        {found.value === undefined && found.failure === undefined && <Loading lines={2} />}
        {found.value === undefined && found.failure !== undefined && (
          <Failure error={found.failure} retry={found.reload} />
        )}
        {found.value !== undefined && <Where value={found.value} wanted={wanted} />}
        <PriceCard wanted={wanted} priced={priced} />
        <StartForm wanted={wanted} priced={priced} />
      </div>
    </>
  )
}

/** Says that an address names no plug. */
export const PlaceMissing = ({ title }: { readonly title: string }) => (
  <>
    <PageHead title={title} />
    <Notice kind="warn">{say('place_missing')}</Notice>
    <LinkButton href="/">{say('find_station')}</LinkButton>
  </>
)

/** Start a charge at a plug: where, for how much, and go. */
export const StartPage = () => {
  const wanted = wantedIn(useSearch())
  return wanted === undefined ? <PlaceMissing title={say('start_title')} /> : <Start wanted={wanted} />
}
