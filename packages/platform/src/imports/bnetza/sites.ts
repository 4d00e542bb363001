import { metresBetween } from './coordinates.js'
import type { Facility } from './facility.js'

/** Facilities that form one Location; the first, with the lowest id, gives it its id, address and coordinates. */
export type Site = [Facility, ...Facility[]]

/** A numbered address covers a site: a car park, a yard. */
const SAME_ADDRESS_METRES = 100
/** Without a house number a street may be kilometres long: only neighbours are one site. */
const SAME_STREET_METRES = 25

/** Order of register ids: by number, without turning them into one. */
const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

/** Operator and address of a facility, spelling variants folded. */
export const addressKey = (facility: Facility): string =>
  `${facility.operator.toLowerCase()}|${facility.address.key}`

function nearestSite(sites: readonly Site[], facility: Facility): Site | undefined {
  const limit = facility.address.hasHouseNumber ? SAME_ADDRESS_METRES : SAME_STREET_METRES
  let nearest: { site: Site; metres: number } | undefined
  for (const site of sites) {
    const metres = metresBetween(site[0].place, facility.place)
    if (metres <= limit && (nearest === undefined || metres < nearest.metres)) nearest = { site, metres }
  }
  return nearest?.site
}

/**
 * Groups facilities of one operator at one address into sites. The result depends on the set of facilities, not on
 * their order: facilities are taken by id, each joins the nearest site in reach or founds one.
 */
export function groupIntoSites(facilities: readonly Facility[]): Site[] {
  const byAddress = new Map<string, Site[]>()
  const all: Site[] = []
  for (const facility of [...facilities].sort((a, b) => compareIds(a.id, b.id))) {
    const key = addressKey(facility)
    const sites = byAddress.get(key) ?? []
    const site = nearestSite(sites, facility)
    if (site !== undefined) {
      site.push(facility)
      continue
    }
    const founded: Site = [facility]
    sites.push(founded)
    all.push(founded)
    byAddress.set(key, sites)
  }
  return all
}
