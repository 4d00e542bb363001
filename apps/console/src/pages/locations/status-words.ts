import type { StatusBar } from '../../api/statuses.js'

/** Statuses as drivers know them, in the order in which shares are told. */
const statusGroups = [
  { id: 'available', word: 'available', statuses: ['AVAILABLE'] },
  { id: 'charging', word: 'charging', statuses: ['CHARGING'] },
  { id: 'broken', word: 'out of order', statuses: ['OUTOFORDER', 'INOPERATIVE'] },
  { id: 'taken', word: 'taken otherwise', statuses: ['BLOCKED', 'RESERVED', 'PLANNED', 'REMOVED'] },
] as const

/** Stands for the time before anything was known here. */
export const UNTOLD = 'UNTOLD'

/** What nobody knows. */
const UNKNOWN = { id: 'unknown', word: 'not known' } as const

/** The group of a status. */
export const groupOf = (status: string): { readonly id: string; readonly word: string } =>
  statusGroups.find(({ statuses }) => statuses.some((one) => one === status)) ?? UNKNOWN

/** How much of the time in which its status was known an EVSE was in each group: whole seconds, and the part of that time. */
export const sharesOf = ({
  seconds,
}: Pick<StatusBar, 'seconds'>): readonly {
  readonly id: string
  readonly word: string
  readonly seconds: number
  readonly share: number
}[] => {
  const known = Object.entries(seconds).filter(([status]) => status !== UNTOLD)
  const total = known.reduce((sum, [, each]) => sum + each, 0)
  return [...statusGroups, UNKNOWN].flatMap(({ id, word }) => {
    const own = known.filter(([status]) => groupOf(status).id === id).reduce((sum, [, each]) => sum + each, 0)
    return own === 0 || total === 0 ? [] : [{ id, word, seconds: own, share: own / total }]
  })
}
