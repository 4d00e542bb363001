import type { StationWords } from './words.js'

/** What is said about stations in Dutch. */
export const nl: StationWords = {
  noPrice: {
    'no-tariff': 'Prijs onbekend: de exploitant heeft geen tarief gestuurd.',
    'power-unknown': 'Prijs onbekend: de exploitant vermeldt het vermogen van deze aansluiting niet.',
    'time-zone-unknown':
      'Prijs onbekend: die hangt af van het tijdstip, en de tijdzone van deze plek is niet bekend.',
    'currencies-differ': 'Prijs onbekend: de tarieven van de exploitant zijn in verschillende valuta.',
    'plan-impossible': 'Geen prijs: dit kan hier niet worden geladen.',
    'battery-unknown': 'Geen prijs: voor een doel in procenten moet de accu van de auto bekend zijn.',
    'does-not-fit': 'Uw auto past niet op deze stekker.',
    'place-unknown': 'Deze aansluiting is niet meer bekend.',
    'not-priceable': 'Prijs onbekend: het tarief van de exploitant kan niet worden berekend.',
  },
  hindrance: {
    'not-remote': 'Deze laadpaal kan niet met de app worden gestart. Gebruik uw pas bij de paal.',
    'not-reservable': 'Deze laadpaal kan niet worden gereserveerd.',
    'no-preferences': 'Deze laadpaal neemt geen wensen aan over wanneer er wordt geladen.',
    'no-commands': 'Deze exploitant neemt geen opdrachten van de app aan. Gebruik uw pas bij de paal.',
    'partner-away': 'Deze exploitant antwoordt op dit moment niet. Gebruik uw pas bij de paal.',
    'out-of-order': 'Deze laadpaal is buiten gebruik.',
    blocked: 'Deze laadpaal is geblokkeerd.',
    planned: 'Deze laadpaal is nog niet in gebruik.',
    taken: 'Hier laadt een andere auto.',
    reserved: 'Deze laadpaal is gereserveerd.',
  },
  stale: {
    'partner-away': (operator) => `${operator} antwoordt op dit moment niet; dit kan veranderd zijn.`,
    'party-away': (operator) => `${operator} is op dit moment niet verbonden; dit kan veranderd zijn.`,
    silent: (operator) => `Al een tijd niets van ${operator} gehoord; dit kan veranderd zijn.`,
    'old-status': () =>
      'Al meer dan een week vrij zonder dat iemand heeft geladen: twijfelachtig, misschien defect.',
  },
  dearer(amount, because) {
    const reasons = {
      fixed: 'de starttoeslag',
      energy: 'de stroom',
      time: 'de laadtijd',
      parking: 'de tijd na het laden',
      reservation: 'de reservering',
      limit: 'een minimum- of maximumprijs',
    }
    return because === undefined ? `${amount} duurder` : `${amount} duurder door ${reasons[because]}`
  },
  plusTaxes: 'excl. belastingen',
  code: {
    empty: 'Typ wat op de laadpaal staat, bijvoorbeeld DE*ABC*E1234.',
    unknown: (code) =>
      `Een laadpaal met de code ${code} is hier niet bekend. Controleer de code, of zoek het station op de kaart.`,
    several: (count) =>
      `${count >= 20 ? 'Veel' : count} laadpalen hebben deze code. Typ het volledige EVSE-id, bijvoorbeeld DE*ABC*E1234, of kies het station op de kaart.`,
  },
  stationUnknown: 'Dit station is hier niet bekend, of is verwijderd.',
}
