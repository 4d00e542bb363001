import type { StationWords } from './words.js'

/** What is said about stations in English. */
export const en: StationWords = {
  noPrice: {
    'no-tariff': 'Price unknown: the operator sent no tariff.',
    'power-unknown': 'Price unknown: the operator does not tell the power of this connector.',
    'time-zone-unknown':
      'Price unknown: it depends on the time of day, and nobody told the time zone of this place.',
    'currencies-differ': 'Price unknown: the tariffs of the operator are in different currencies.',
    'plan-impossible': 'No price: this cannot be charged here.',
    'battery-unknown': 'No price: a target in percent needs a car whose battery is known.',
    'does-not-fit': 'Your car does not fit this plug.',
    'place-unknown': 'This connector is not known any more.',
    'not-priceable': 'Price unknown: the tariff of the operator cannot be computed.',
  },
  hindrance: {
    'not-remote': 'This charger cannot be started by app. Use your card at the charger.',
    'not-reservable': 'This charger cannot be reserved.',
    'no-preferences': 'This charger takes no wishes about when to charge.',
    'no-commands': 'This operator takes no requests from the app. Use your card at the charger.',
    'partner-away': 'This operator does not answer at the moment. Use your card at the charger.',
    'out-of-order': 'This charger is out of order.',
    blocked: 'Something stands in the way at this charger.',
    planned: 'This charger is not in service yet.',
    taken: 'Another car is charging here.',
    reserved: 'Somebody has reserved this charger.',
  },
  stale: {
    'partner-away': (operator) => `${operator} does not answer at the moment; this may have changed.`,
    'party-away': (operator) => `${operator} is not connected at the moment; this may have changed.`,
    silent: (operator) => `Nothing heard from ${operator} for a while; this may have changed.`,
    'old-status': () => 'Free for more than a week without any charge: doubtful, it may be broken.',
  },
  dearer(amount, because) {
    const reasons = {
      fixed: 'the session fee',
      energy: 'the energy',
      time: 'the charging time',
      parking: 'the time after charging',
      reservation: 'the reservation',
      limit: 'a minimum or maximum price',
    }
    return because === undefined ? `${amount} dearer` : `${amount} dearer because of ${reasons[because]}`
  },
  plusTaxes: 'plus taxes',
  code: {
    empty: 'Type what is printed on the charger, such as DE*ABC*E1234.',
    unknown: (code) =>
      `No charger with the code ${code} is known here. Check it, or look for the station on the map.`,
    several: (count) =>
      `${count >= 20 ? 'Many' : count} chargers have this code. Type the whole EVSE id, such as DE*ABC*E1234, or choose the station on the map.`,
  },
  stationUnknown: 'This station is not known here, or was removed.',
}
