import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearch } from 'wouter-preact'
import { type ConnectorId, getQuotes, type Quote } from '../../api/stations.js'
import { Button, LinkButton } from '../../parts/button.js'
import { PageHead } from '../../parts/page.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { formatDuration } from '../../texts/format.js'
import { language, textsOf } from '../../texts/say.js'
import { compared, compareHref, connectorOf, connectorText, MOST_COMPARED, stationHref } from './chosen.js'
import { PriceLines } from './price-lines.js'
import { PriceTag } from './price-tag.js'
import { wishQuery } from './wish.js'
import { WishButton } from './wish-form.js'
import { plugWords } from './words.js'

const say = textsOf('stations')

type Quotes =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'read'; readonly quotes: readonly Quote[] }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Prices of connectors for the wish; those of before stay until the next are there. */
const useQuotes = (connectors: readonly ConnectorId[]): readonly [Quotes, () => void] => {
  const [quotes, setQuotes] = useState<Quotes>({ kind: 'waiting' })
  const [attempt, setAttempt] = useState(0)
  const wish = wishQuery()
  const key = JSON.stringify([connectors, wish, language(), attempt])
  useEffect(() => {
    if (connectors.length === 0) return undefined
    const gone = new AbortController()
    getQuotes(connectors, wish, gone.signal).then(
      (read) => !gone.signal.aborted && setQuotes({ kind: 'read', quotes: read }),
      (error: unknown) => !gone.signal.aborted && setQuotes({ kind: 'failed', error }),
    )
    return () => gone.abort()
  }, [key])
  return [quotes, () => setAttempt((before) => before + 1)]
}

const idOf = ({ station, connector }: Quote): string =>
  connectorText({ ...station, evse_uid: connector.evse_uid, connector_id: connector.connector_id })

const QuoteCard = ({ quote, onRemove }: { readonly quote: Quote; readonly onRemove: () => void }) => {
  const { station, connector, dearer_by, minutes, total } = quote
  return (
    <li class="card quote">
      <h2>
        <Link href={stationHref(station)}>{station.name}</Link>
      </h2>
      <p class="small soft">
        {[plugWords(connector), connector.evse_id ?? connector.evse_uid].filter(Boolean).join(' · ')}
      </p>
      <PriceTag price={quote} />
      {total !== null && dearer_by === null && <span class="badge good">{say('cheapest')}</span>}
      {dearer_by !== null && <span class="badge">{dearer_by.text}</span>}
      {minutes !== null && <p class="small soft">{say('takes', { time: formatDuration(minutes * 60) })}</p>}
      <PriceLines price={quote} />
      <Button kind="quiet" small icon="close" onClick={onRemove}>
        {say('compare_remove')}
      </Button>
    </li>
  )
}

/** Up to four connectors beside each other, for the same wish. */
export const ComparePage = () => {
  const [, navigate] = useLocation()
  const items = new URLSearchParams(useSearch()).getAll('at').slice(0, MOST_COMPARED)
  const connectors = items.flatMap((item) => connectorOf(item) ?? [])
  const [quotes, again] = useQuotes(connectors)
  const remove = (item: string): void => {
    if (compared.has(item)) compared.toggle(item)
    navigate(compareHref(items.filter((known) => known !== item)), { replace: true })
  }
  const currencies =
    quotes.kind === 'read' ? new Set(quotes.quotes.flatMap(({ total }) => total?.currency ?? [])) : new Set()
  return (
    <div class="station-page">
      <PageHead
        title={say('compare_title')}
        back={{ href: '/', label: say('title') }}
        below={say('compare_text')}
      />
      {connectors.length === 0 ? (
        <Empty icon="list" title={say('compare_empty')} text={say('compare_empty_text')}>
          <LinkButton href="/">{say('to_stations')}</LinkButton>
        </Empty>
      ) : (
        <div class="stack">
          <div class="row">
            <WishButton />
          </div>
          {currencies.size > 1 && <p class="small soft">{say('currencies_differ')}</p>}
          {quotes.kind === 'waiting' && <Loading lines={connectors.length} />}
          {quotes.kind === 'failed' && <Failure error={quotes.error} retry={again} />}
          {quotes.kind === 'read' && (
            <ul class="bare quotes">
              {quotes.quotes.map((quote) => (
                <QuoteCard key={idOf(quote)} quote={quote} onRemove={() => remove(idOf(quote))} />
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}
