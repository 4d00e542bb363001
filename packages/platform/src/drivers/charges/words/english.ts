import type { ChargeWords } from './charge-words.js'

/** What a driver is told of charges in English. */
export const english: ChargeWords = {
  states: {
    asked: 'Asking the operator',
    accepted: 'Accepted; waiting for the station',
    waiting_for_cable: 'Plug in the cable',
    charging: 'Charging',
    paused: 'The car takes no energy at the moment',
    stopping: 'Stopping',
    ended: 'Charging has ended; the receipt is on its way',
    receipt: 'Done',
    refused: 'Refused',
    failed: 'It did not work',
    timed_out: 'No answer in time',
  },
  reasons: {
    place_unknown: {
      text: 'This plug is not known any more.',
      whatToDo: 'Go back to the station and choose a plug that is shown there.',
    },
    not_connected: {
      text: 'We have no connection to the operator of this station at the moment.',
      whatToDo:
        'Try again in a few minutes, use your charging card, or choose a station of another operator.',
    },
    operator_away: {
      text: 'The operator of this station cannot be reached at the moment.',
      whatToDo:
        'Try again in a few minutes, use your charging card, or choose a station of another operator.',
    },
    not_possible: {
      text: 'This plug cannot be started by app.',
      whatToDo: 'Hold your charging card to the reader of the station, or choose another plug.',
    },
    not_sent: {
      text: 'The request did not leave our side. Nothing was started and nothing is charged.',
      whatToDo: 'Try again.',
    },
    no_answer: {
      text: 'The operator did not answer. Most likely nothing was started.',
      whatToDo: 'Look at the station. If it does not charge, try again or choose another plug.',
    },
    no_result: {
      text: 'The operator took the request, but the station said nothing in time.',
      whatToDo:
        'Look at the station: it may start all the same, and then it appears here. If not, try again or choose another plug.',
    },
    no_session: {
      text: 'The station accepted, but told of no charging.',
      whatToDo: 'If your car charges, the receipt comes later. If not, plug in and start again.',
    },
    rejected: {
      text: 'The operator refused the request.',
      whatToDo: 'Try another plug, or call the operator.',
    },
    not_supported: {
      text: 'This station cannot be started by app.',
      whatToDo: 'Hold your charging card to the reader, or choose another station.',
    },
    evse_occupied: {
      text: 'The plug is taken.',
      whatToDo:
        'If your own cable is in it, pull it out and plug it in again. Otherwise choose another plug.',
    },
    evse_inoperative: {
      text: 'The plug is out of order.',
      whatToDo: 'Choose another plug.',
    },
    station_failed: {
      text: 'The station could not start.',
      whatToDo:
        'Pull the cable out, plug it in again and try once more. If that does not help, choose another plug.',
    },
    station_timeout: {
      text: 'The station did not answer its operator.',
      whatToDo: 'Wait a minute and try again, or choose another plug.',
    },
    reservation_canceled: {
      text: 'The plug is reserved for somebody else.',
      whatToDo: 'Choose another plug.',
    },
    session_invalid: {
      text: 'The operator declared this charging void. It costs nothing.',
      whatToDo: 'Plug in again and start once more.',
    },
    late_session: {
      text: 'The station answered late, but it did start.',
      whatToDo: 'There is nothing to do.',
    },
    stop_refused: {
      text: 'The station refused to stop.',
      whatToDo: 'Unlock the car and pull the cable out, or press stop at the station.',
    },
    stop_no_result: {
      text: 'The station did not confirm the stop.',
      whatToDo:
        'Look at the station. If it still charges, try again, or unlock the car and pull the cable out.',
    },
    stop_not_sent: {
      text: 'The request to stop did not reach the operator.',
      whatToDo: 'Try again, or unlock the car and pull the cable out.',
    },
    stop_accepted: {
      text: 'The station is stopping.',
      whatToDo: 'You can pull the cable out.',
    },
  },
  preferences: {
    ACCEPTED: 'The operator follows your wish.',
    DEPARTURE_REQUIRED: 'The operator needs to know when you leave.',
    ENERGY_NEED_REQUIRED: 'The operator needs to know how much energy you need.',
    NOT_POSSIBLE: 'The operator cannot do that with what it knows: it charges as before.',
    PROFILE_TYPE_NOT_SUPPORTED: 'This plug does not know that way of charging: it charges as before.',
  },
}
