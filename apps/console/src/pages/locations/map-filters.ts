import type { Filter } from '../../parts/filters.js'

/** Filters of the map, by the names the API has for them. */
export const stationFilters: readonly Filter[] = [
  {
    name: 'plug',
    label: 'Plug',
    options: [
      { value: 'type2', label: 'Type 2' },
      { value: 'ccs', label: 'CCS' },
      { value: 'chademo', label: 'CHAdeMO' },
      { value: 'schuko', label: 'Schuko' },
      { value: 'tesla', label: 'Tesla' },
      { value: 'type1', label: 'Type 1' },
      { value: 'ccs1', label: 'CCS 1' },
      { value: 'nacs', label: 'NACS' },
      { value: 'other', label: 'Other' },
    ],
  },
  {
    name: 'min_kw',
    label: 'Power',
    options: ['11', '22', '50', '100', '150', '300'].map((value) => ({
      value,
      label: `${value} kW or more`,
    })),
  },
  { name: 'free', label: 'Now', options: [{ value: 'true', label: 'Free now' }] },
  { name: 'open', label: 'Hours', options: [{ value: 'true', label: 'Open now' }] },
  {
    name: 'payment',
    label: 'Payment',
    options: [
      { value: 'app', label: 'By app' },
      { value: 'card', label: 'By bank card' },
      { value: 'contactless', label: 'Contactless' },
      { value: 'rfid', label: 'By charging card' },
    ],
  },
  { name: 'accessible', label: 'Parking', options: [{ value: 'true', label: 'For disabled people' }] },
  { name: 'operator', label: 'Operator', placeholder: 'Part of the name' },
  {
    name: 'publish',
    label: 'Published',
    options: [
      { value: 'true', label: 'Published' },
      { value: 'false', label: 'Not published' },
    ],
  },
]
