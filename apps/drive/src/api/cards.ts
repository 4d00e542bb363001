import { readAgain, type UsedAnswer, useAnswer } from './answers.js'
import { itemsOf, oneOf, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const card = shape({
  uid: text,
  label: optional(text),
  visual_number: optional(text),
  state: oneOf(['active', 'blocked', 'withdrawn']),
})
/** A charging card of the driver's contract. `blocked` by the driver, `withdrawn` by the provider. */
export type Card = Read<typeof card>

const cards = itemsOf(card)

/** The charging cards of the driver. */
export const useCards = (): UsedAnswer<readonly Card[]> => useAnswer('/cards', cards)

/** Blocks, unblocks or names a card; an empty label takes the name away. */
export const changeCard = async (
  uid: string,
  change: { readonly blocked?: boolean; readonly label?: string | null },
): Promise<void> => {
  await ask(address(['cards', uid]), card, { method: 'PATCH', body: change })
  readAgain('/cards')
}
