import type { DriverLanguage } from '@interwatt/store'
import { reasonWords } from '../charges/words/charge-words.js'
import type { ReservationReason, ReservationState } from './reservation-state.rules.js'

/** What a driver is told of reservations, in one language. */
interface ReservationWords {
  readonly states: Readonly<Record<ReservationState, string>>
  readonly notReservable: string
  readonly byOperator: string
  readonly cancelNotSent: string
  readonly cancelRefused: string
}

const words: Readonly<Record<DriverLanguage, ReservationWords>> = {
  en: {
    states: {
      asked: 'Asking the operator',
      reserved: 'Reserved for you',
      used: 'Used',
      cancelling: 'Being cancelled',
      cancelled: 'Cancelled',
      expired: 'Expired',
      refused: 'Refused',
      failed: 'It did not work',
      timed_out: 'No answer in time',
    },
    notReservable: 'This plug cannot be reserved. Nothing was asked for.',
    byOperator: 'The operator cancelled the reservation.',
    cancelNotSent: 'The cancellation did not reach the operator. The reservation still holds; try again.',
    cancelRefused: 'The operator refused to cancel. The reservation still holds.',
  },
  de: {
    states: {
      asked: 'Der Betreiber wird gefragt',
      reserved: 'Für Sie reserviert',
      used: 'Genutzt',
      cancelling: 'Wird storniert',
      cancelled: 'Storniert',
      expired: 'Abgelaufen',
      refused: 'Abgelehnt',
      failed: 'Das hat nicht geklappt',
      timed_out: 'Keine Antwort in der Zeit',
    },
    notReservable: 'Dieser Anschluss lässt sich nicht reservieren. Es wurde nichts angefragt.',
    byOperator: 'Der Betreiber hat die Reservierung storniert.',
    cancelNotSent:
      'Die Stornierung hat den Betreiber nicht erreicht. Die Reservierung gilt noch; versuchen Sie es noch einmal.',
    cancelRefused: 'Der Betreiber hat die Stornierung abgelehnt. Die Reservierung gilt noch.',
  },
  fr: {
    states: {
      asked: 'Demande envoyée à l’opérateur',
      reserved: 'Réservée pour vous',
      used: 'Utilisée',
      cancelling: 'Annulation en cours',
      cancelled: 'Annulée',
      expired: 'Expirée',
      refused: 'Refusée',
      failed: 'Cela n’a pas fonctionné',
      timed_out: 'Pas de réponse à temps',
    },
    notReservable: 'Cette prise ne peut pas être réservée. Rien n’a été demandé.',
    byOperator: 'L’opérateur a annulé la réservation.',
    cancelNotSent: 'L’annulation n’a pas atteint l’opérateur. La réservation tient toujours ; réessayez.',
    cancelRefused: 'L’opérateur a refusé l’annulation. La réservation tient toujours.',
  },
  nl: {
    states: {
      asked: 'De exploitant wordt gevraagd',
      reserved: 'Voor u gereserveerd',
      used: 'Gebruikt',
      cancelling: 'Wordt geannuleerd',
      cancelled: 'Geannuleerd',
      expired: 'Verlopen',
      refused: 'Geweigerd',
      failed: 'Het is niet gelukt',
      timed_out: 'Geen antwoord op tijd',
    },
    notReservable: 'Deze aansluiting kan niet worden gereserveerd. Er is niets gevraagd.',
    byOperator: 'De exploitant heeft de reservering geannuleerd.',
    cancelNotSent:
      'De annulering heeft de exploitant niet bereikt. De reservering geldt nog; probeer het opnieuw.',
    cancelRefused: 'De exploitant weigerde te annuleren. De reservering geldt nog.',
  },
}

/** The state of a reservation in a language. */
export const reservationStateText = (state: ReservationState, language: DriverLanguage): string =>
  words[language].states[state]

/** Why a reservation stands where it does, in a language. */
export const reservationReasonText = (reason: ReservationReason, language: DriverLanguage): string => {
  const { notReservable, byOperator, cancelNotSent, cancelRefused } = words[language]
  switch (reason) {
    case 'not_reservable':
      return notReservable
    case 'cancelled_by_operator':
      return byOperator
    case 'cancel_not_sent':
      return cancelNotSent
    case 'cancel_refused':
      return cancelRefused
    default:
      return reasonWords(reason, language).text
  }
}
