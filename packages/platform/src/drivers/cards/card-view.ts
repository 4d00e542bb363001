import { object } from '../../operator/wire-schemas.js'
import type { Card } from './cards.js'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const

/** A card. */
export const cardSchema = object({
  uid: text,
  label: textOrNull,
  visual_number: textOrNull,
  state: {
    type: 'string',
    enum: ['active', 'blocked', 'withdrawn'],
    description: 'blocked: by the driver; withdrawn: by the issuer, who alone can let it in again',
  },
  added_at: text,
})

/** A card as it is shown. */
export const viewCard = ({ uid, label, visualNumber, state, addedAt }: Card) => ({
  uid,
  label,
  visual_number: visualNumber,
  state,
  added_at: addedAt,
})
