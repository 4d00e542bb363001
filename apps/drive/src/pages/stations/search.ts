import { useMemo } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import type { Query } from '../../api/request.js'

/** What stations are looked for, and where; all of it is in the address, so that it can be sent to somebody. */
export interface Search {
  /** Where the list begins; undefined before the driver looked anywhere. */
  readonly lat: number | undefined
  readonly lon: number | undefined
  readonly zoom: number | undefined
  readonly view: 'map' | 'list'
  readonly sort: Sort
  readonly plug: readonly string[]
  readonly payment: readonly string[]
  /** 0 for any. */
  readonly minKw: number
  /** Dearest price of a kWh as text; empty for any. */
  readonly maxPrice: string
  readonly free: boolean
  readonly open: boolean
  readonly accessible: boolean
}

/** How lists are sorted. */
export const sorts = ['distance', 'price', 'power'] as const
export type Sort = (typeof sorts)[number]

/** Powers that are offered as least power, in kW. */
export const POWERS = [0, 11, 22, 50, 100, 150] as const
/** Ways to pay that are offered. */
export const PAYMENTS = ['app', 'card', 'contactless', 'rfid'] as const

const number = (text: string | null, low: number, high: number): number | undefined => {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return value >= low && value <= high ? value : undefined
}

/** Reads the part of an address behind the question mark; what makes no sense counts as left out. */
export const readSearch = (text: string): Search => {
  const query = new URLSearchParams(text)
  const maxPrice = query.get('max_price') ?? ''
  return {
    lat: number(query.get('lat'), -90, 90),
    lon: number(query.get('lon'), -180, 180),
    zoom: number(query.get('z'), 0, 22),
    view: query.get('view') === 'list' ? 'list' : 'map',
    sort: sorts.find((sort) => sort === query.get('sort')) ?? 'distance',
    plug: query.getAll('plug').filter((plug) => /^[a-z0-9_]{1,20}$/.test(plug)),
    payment: query.getAll('payment').filter((one) => PAYMENTS.some((known) => known === one)),
    minKw: number(query.get('min_kw'), 0, 1_000) ?? 0,
    maxPrice: /^\d{1,2}(\.\d{1,2})?$/.test(maxPrice) ? maxPrice : '',
    free: query.get('free') === 'true',
    open: query.get('open') === 'true',
    accessible: query.get('accessible') === 'true',
  }
}

const place = (value: number | undefined, digits: number): string[] =>
  value === undefined ? [] : [value.toFixed(digits)]

/** The address of a search, from the question mark on; empty for the usual one. */
export const writeSearch = (search: Search): string => {
  const query = new URLSearchParams()
  const add = (name: string, values: readonly string[]): void => {
    for (const value of values) query.append(name, value)
  }
  add('lat', place(search.lat, 5))
  add('lon', place(search.lon, 5))
  add('z', place(search.zoom, 1))
  if (search.view === 'list') query.set('view', 'list')
  if (search.sort !== 'distance') query.set('sort', search.sort)
  add('plug', search.plug)
  add('payment', search.payment)
  if (search.minKw > 0) query.set('min_kw', String(search.minKw))
  if (search.maxPrice !== '') query.set('max_price', search.maxPrice)
  for (const name of ['free', 'open', 'accessible'] as const) if (search[name]) query.set(name, 'true')
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Filters as the node takes them. */
export const filterQuery = (search: Search): Query => ({
  plug: search.plug,
  payment: search.payment,
  min_kw: search.minKw === 0 ? undefined : search.minKw,
  max_price: search.maxPrice,
  free: search.free || undefined,
  open: search.open || undefined,
  accessible: search.accessible || undefined,
})

/** How many filters are set. */
export const filterCount = (search: Search): number =>
  search.plug.length +
  search.payment.length +
  [search.minKw > 0, search.maxPrice !== '', search.free, search.open, search.accessible].filter(Boolean)
    .length

/** The search without its filters. */
export const withoutFilters = (search: Search): Search => ({
  ...search,
  ...{ plug: [], payment: [], minKw: 0, maxPrice: '', free: false, open: false, accessible: false },
})

/** The search of the address, and a way to change it. Changes replace the address: the way back leads to the page before. */
export const useStationSearch = (): readonly [Search, (change: Partial<Search>) => void] => {
  const text = useSearch()
  const [, navigate] = useLocation()
  const search = useMemo(() => readSearch(text), [text])
  const change = (wanted: Partial<Search>): void => {
    // NOTE: the address, not what was drawn last: two changes may come before the next drawing.
    const now = readSearch(window.location.search)
    navigate(`/${writeSearch({ ...now, ...wanted })}`, { replace: true })
  }
  return [search, change]
}
