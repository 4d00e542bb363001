import { useRef } from 'preact/hooks'
import { useSearch } from 'wouter-preact'
import { useAnswer } from '../../api/answers.js'
import { useEvent, useWatch } from '../../api/events.js'
import { ApiFailure } from '../../api/failure.js'
import { type Station, type StationId, station, stationPath } from '../../api/stations.js'
import { LinkButton } from '../../parts/button.js'
import { Icon } from '../../parts/icons.js'
import { PageHead, Section } from '../../parts/page.js'
import { Empty, Failure, LastKnown, Loading, Notice } from '../../parts/states.js'
import { formatNumber, formatPercent } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { stationText } from './chosen.js'
import { CompareBar } from './compare-bar.js'
import { EvseCard } from './evse-card.js'
import { isFavourite, toggleFavourite } from './favourites.js'
import { OpeningHours, openWords } from './opening-hours.js'
import { stationState } from './state.js'
import { StateSign } from './state-mark.js'
import { wishQuery } from './wish.js'
import { WishForm } from './wish-form.js'
import { valueWords } from './words.js'

const say = textsOf('stations')

const Favourite = ({ of }: { readonly of: Station }) => {
  const isOn = isFavourite(of)
  return (
    <button type="button" class="button plain small" aria-pressed={isOn} onClick={() => toggleFavourite(of)}>
      <Icon name={isOn ? 'check' : 'plus'} size={18} />
      <span>{say('favourite')}</span>
    </button>
  )
}

const Actions = ({ value }: { readonly value: Station }) => {
  const { lat, lon, name } = value
  const report = new URLSearchParams({ station: stationText(value) }).toString()
  return (
    <div class="row actions">
      {lat !== null && lon !== null && (
        <a class="button plain small" href={`geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(name)})`}>
          <Icon name="pin" size={18} />
          <span>{say('directions')}</span>
        </a>
      )}
      <Favourite of={value} />
      <LinkButton href={`/report?${report}`} kind="plain" small icon="flag">
        {say('report')}
      </LinkButton>
    </div>
  )
}

const Summary = ({ value }: { readonly value: Station }) => {
  const { free, evses, stale, stale_reason } = value
  const values = { free, all: evses.length }
  return (
    <>
      {stale_reason !== null && <Notice kind="warn">{stale_reason.text}</Notice>}
      <p class="station-summary">
        <StateSign state={stationState(value)} stale={stale} size={22} />
        <strong>{say(stale ? 'free_of_stale' : 'free_of', values)}</strong>
        <span class="soft">{openWords(value.opening)}</span>
      </p>
    </>
  )
}

const Energy = ({ mix }: { readonly mix: NonNullable<Station['energy_mix']> }) => (
  <div class="stack tight">
    <p class="row">
      <Icon name="leaf" size={20} />
      <strong>{say(mix.green ? 'energy_green' : 'energy_mixed')}</strong>
    </p>
    {mix.sources.length > 0 && (
      <p class="small soft">
        {mix.sources
          .map(({ source, percent }) => `${valueWords('source', source)} ${formatPercent(Number(percent))}`)
          .join(' · ')}
      </p>
    )}
    {mix.supplier !== null && <p class="small soft">{say('supplier', { name: mix.supplier })}</p>}
  </div>
)

const About = ({ value }: { readonly value: Station }) => {
  const { operator, help_phone, facilities, parking_type, images, directions } = value
  return (
    <dl class="facts">
      {directions !== null && (
        <div>
          <dt>{say('way_there')}</dt>
          <dd>{directions}</dd>
        </div>
      )}
      <div>
        <dt>{say('operator')}</dt>
        <dd>
          {operator.website === null ? (
            operator.name
          ) : (
            <a href={operator.website} target="_blank" rel="noreferrer">
              {operator.name}
            </a>
          )}
        </dd>
      </div>
      {help_phone !== null && (
        <div>
          <dt>{say('help')}</dt>
          <dd>
            <a href={`tel:${help_phone.replace(/[^+\d]/g, '')}`}>{help_phone}</a>
          </dd>
        </div>
      )}
      {facilities.length > 0 && (
        <div>
          <dt>{say('facilities')}</dt>
          <dd>{facilities.map((name) => valueWords('facility', name)).join(', ')}</dd>
        </div>
      )}
      {parking_type !== null && (
        <div>
          <dt>{say('parking')}</dt>
          <dd>{valueWords('parking', parking_type)}</dd>
        </div>
      )}
      {images.length > 0 && (
        <div>
          <dt>{say('pictures')}</dt>
          <dd>
            {images.slice(0, 5).map(({ url }, index) => (
              <a key={url} href={url} target="_blank" rel="noreferrer">
                {say('picture', { number: formatNumber(index + 1, 0) })}{' '}
              </a>
            ))}
          </dd>
        </div>
      )}
    </dl>
  )
}

const addressOf = ({ address, postal_code, city }: Station): string =>
  [address, [postal_code, city].filter(Boolean).join(' ')].filter(Boolean).join(', ')

const Found = ({ value, chosenUid }: { readonly value: Station; readonly chosenUid: string | null }) => (
  <>
    <PageHead
      title={value.name}
      back={{ href: '/', label: say('title') }}
      below={addressOf(value) === value.name ? undefined : addressOf(value)}
    />
    <div class="stack">
      <Summary value={value} />
      <Actions value={value} />
    </div>
    <div class="station-panes">
      <div class="pane-chargers">
        <Section title={say('chargers')}>
          <ul class="bare stack">
            {value.evses.map((evse) => (
              <EvseCard key={evse.uid} station={value} evse={evse} chosen={evse.uid === chosenUid} />
            ))}
          </ul>
          {value.evses.length === 0 && <Empty icon="plug" title={say('no_chargers')} />}
        </Section>
      </div>
      <div class="pane-wish">
        <Section title={say('wish_title')}>
          <div class="card">
            <WishForm />
          </div>
        </Section>
      </div>
      <div class="pane-facts">
        <Section title={say('opening')}>
          <div class="card">
            <OpeningHours opening={value.opening} />
          </div>
        </Section>
        <Section title={say('about')}>
          <div class="card stack">
            <About value={value} />
            {value.energy_mix !== null && <Energy mix={value.energy_mix} />}
          </div>
        </Section>
      </div>
    </div>
    <CompareBar />
  </>
)

const isUnknown = (failure: unknown): failure is ApiFailure =>
  failure instanceof ApiFailure && failure.status === 404

const Missing = ({ failure, retry }: { readonly failure: unknown; readonly retry: () => void }) =>
  isUnknown(failure) ? (
    <Empty icon="pin" title={failure.detail}>
      <LinkButton href="/">{say('to_stations')}</LinkButton>
    </Empty>
  ) : (
    <Failure error={failure} retry={retry} />
  )

/** A station: what is free, since when and how sure; what my charge costs; what can be done there. */
export const StationPage = ({ id }: { readonly id: StationId }) => {
  const chosenUid = new URLSearchParams(useSearch()).get('evse')
  const answer = useAnswer(stationPath(id, wishQuery()), station, { everyMinute: true })
  useWatch({ station: [id.country_code, id.party_id, id.id].join('/') })
  useEvent('station', answer.reload)
  // NOTE: another wish is another address; what was read before stays until its prices are there.
  const kept = useRef<Station | undefined>(undefined)
  if (answer.value !== undefined) kept.current = answer.value
  const value = isUnknown(answer.failure) ? undefined : kept.current
  if (value !== undefined)
    return (
      <div class="station-page" aria-busy={answer.value === undefined}>
        <LastKnown of={answer} />
        {answer.value === undefined && answer.failure !== undefined && (
          <Failure error={answer.failure} retry={answer.reload} />
        )}
        <Found value={value} chosenUid={chosenUid} />
      </div>
    )
  return (
    <div class="station-page">
      <PageHead title={say('station')} back={{ href: '/', label: say('title') }} />
      {answer.failure === undefined ? (
        <Loading lines={5} />
      ) : (
        <Missing failure={answer.failure} retry={answer.reload} />
      )}
    </div>
  )
}
