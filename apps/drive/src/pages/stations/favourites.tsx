import type { StationId } from '../../api/stations.js'
import { LinkEntry } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'
import { stationText } from './chosen.js'
import { localList } from './local-list.js'

const say = textsOf('stations')

const MOST = 100

/** Stations the driver wants to find again, each as its address, a space and its name; kept on this device only. */
const favourites = localList('favourites', MOST)

const kept = (station: StationId): string | undefined =>
  favourites.items.value.find((item) => item.startsWith(`${stationText(station)} `))

/** Whether a station is a favourite. */
export const isFavourite = (station: StationId): boolean => kept(station) !== undefined

/** Makes a station a favourite, or no longer. */
export const toggleFavourite = (station: StationId & { readonly name: string }): void => {
  favourites.toggle(kept(station) ?? `${stationText(station)} ${station.name}`)
}

/** The favourites, to be opened; nothing where there are none. */
export const Favourites = () => {
  const { value } = favourites.items
  if (value.length === 0) return null
  return (
    <details class="favourites">
      <summary>{say('favourites_count', { count: value.length })}</summary>
      <ul class="rows">
        {value.map((item) => {
          const [at = '', ...name] = item.split(' ')
          return <LinkEntry key={at} href={`/stations/${at}`} icon="pin" title={name.join(' ')} />
        })}
      </ul>
    </details>
  )
}
