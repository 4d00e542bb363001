import { decimal, roundHalfUp, toText } from '@interwatt/protocol'
import type { CardPaymentEvent } from '@interwatt/simulator'
import type { AccountEntry } from './account.js'

const money = (amount: string): string => toText(roundHalfUp(decimal(amount), 2))

/** What happens to a card, as a line of the account; `place` names an EVSE by its address. */
export const tellPayment = (event: CardPaymentEvent, place: (evse: string) => string): AccountEntry => {
  switch (event.type) {
    case 'terminal.activated':
      return {
        who: 'CPO -> PTP',
        text: `asks for a payment terminal at ${event.location}: it is there`,
        tone: 'plain',
      }
    case 'card.held':
      return {
        who: 'PTP -> CPO',
        text: `a card is held to the terminal for ${place(event.evse)}`,
        tone: 'plain',
      }
    case 'card.released':
      return {
        who: 'PTP',
        text: `no session at ${place(event.evse)}, the card is released: ${event.reason}`,
        tone: 'bad',
      }
    case 'card.charged':
      return {
        who: 'PTP -> CPO',
        text: `captured ${money(event.amount)} ${event.currency} for the CDR: ${event.status}`,
        tone: 'good',
      }
    case 'receipt.written':
      return { who: 'CPO', text: `receipt at ${event.url}: ${event.lines.join(' | ')}`, tone: 'plain' }
    case 'payment.disputed':
      return { who: 'CPO', text: `payment ${event.reference}: ${event.reason}`, tone: 'bad' }
  }
}
