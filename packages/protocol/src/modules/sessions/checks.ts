import { error } from '../../schema/check-result.js'
import { numberAt } from '../../schema/field-values.js'
import { check, type Tolerance } from '../../schema/index.js'

/** The text of the specification says RESERVED once where the enumeration says RESERVATION (SES-057). */
export const RESERVED_AS_RESERVATION: Tolerance = {
  rule: 'SES-057',
  note: 'is RESERVED; read as RESERVATION',
  repair: (value) =>
    typeof value === 'string' && value.toUpperCase() === 'RESERVED' ? 'RESERVATION' : undefined,
}

/** SES-087: nobody needs less than no energy. */
export const energyNeedIsPossible = check(['energy_need'], (preferences) =>
  (numberAt(preferences, 'energy_need') ?? 0) < 0
    ? [error('/energy_need', 'energy_need is negative', 'SES-087')]
    : [],
)
