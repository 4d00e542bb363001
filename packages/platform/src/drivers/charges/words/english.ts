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
    not_sent: {
      text: 'The request did not leave our side. Nothing was started and nothing is charged.',
      whatToDo: 'Try again.',
    },
    session_invalid: {
      text: 'The operator declared this charging void. It costs nothing.',
      whatToDo: 'Plug in again and start once more.',
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
