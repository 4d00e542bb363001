import type { Query } from '../../api/request.js'
import type { Filter } from '../../parts/filters.js'
import { useRegistered } from './queries.js'

/** Stands for objects of this node among the ids of partners. */
const OWN = 'own'

/** Filters by the party that owns objects, and by who sent them. */
export const useOwnerFilters = (): readonly Filter[] => {
  const partners = useRegistered()
  return [
    { name: 'party', label: 'Owner', placeholder: 'DE*ABC' },
    {
      name: 'from',
      label: 'From',
      all: 'Anybody',
      options: [
        { value: OWN, label: 'This node' },
        ...partners.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
  ]
}

/** Filters of an address as the API has them. */
export const ownerQueryOf = ({ from, ...filters }: Readonly<Record<string, string>>): Query => ({
  ...filters,
  ...(from === undefined ? {} : from === OWN ? { own: true } : { received_from: from }),
})
