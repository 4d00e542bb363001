import type { StationWords } from './words.js'

/** What is said about stations in German. */
export const de: StationWords = {
  noPrice: {
    'no-tariff': 'Preis unbekannt: Der Betreiber hat keinen Tarif übermittelt.',
    'power-unknown': 'Preis unbekannt: Der Betreiber nennt die Leistung dieses Anschlusses nicht.',
    'time-zone-unknown':
      'Preis unbekannt: Er hängt von der Uhrzeit ab, und die Zeitzone dieses Orts ist nicht bekannt.',
    'currencies-differ': 'Preis unbekannt: Die Tarife des Betreibers sind in verschiedenen Währungen.',
    'plan-impossible': 'Kein Preis: Das lässt sich hier nicht laden.',
    'battery-unknown': 'Kein Preis: Für ein Ziel in Prozent muss die Batterie des Autos bekannt sein.',
    'does-not-fit': 'Ihr Auto passt nicht an diesen Stecker.',
    'place-unknown': 'Dieser Anschluss ist nicht mehr bekannt.',
    'not-priceable': 'Preis unbekannt: Der Tarif des Betreibers lässt sich nicht berechnen.',
  },
  hindrance: {
    'not-remote': 'Diese Ladesäule lässt sich nicht per App starten. Nutzen Sie Ihre Karte an der Säule.',
    'not-reservable': 'Diese Ladesäule lässt sich nicht reservieren.',
    'no-preferences': 'Diese Ladesäule nimmt keine Wünsche zum Ladezeitpunkt an.',
    'no-commands': 'Dieser Betreiber nimmt keine Aufträge der App an. Nutzen Sie Ihre Karte an der Säule.',
    'partner-away': 'Dieser Betreiber antwortet gerade nicht. Nutzen Sie Ihre Karte an der Säule.',
    'out-of-order': 'Diese Ladesäule ist außer Betrieb.',
    blocked: 'Diese Ladesäule ist zugestellt.',
    planned: 'Diese Ladesäule ist noch nicht in Betrieb.',
    taken: 'Hier lädt gerade ein anderes Auto.',
    reserved: 'Diese Ladesäule ist reserviert.',
  },
  stale: {
    'partner-away': (operator) => `${operator} antwortet gerade nicht; das kann sich geändert haben.`,
    'party-away': (operator) => `${operator} ist gerade nicht verbunden; das kann sich geändert haben.`,
    silent: (operator) => `Seit einer Weile nichts von ${operator} gehört; das kann sich geändert haben.`,
    'old-status': () =>
      'Seit über einer Woche frei, ohne dass jemand geladen hat: zweifelhaft, vielleicht defekt.',
  },
  dearer(amount, because) {
    const reasons = {
      fixed: 'der Startgebühr',
      energy: 'des Stroms',
      time: 'der Ladezeit',
      parking: 'der Standzeit nach dem Laden',
      reservation: 'der Reservierung',
      limit: 'eines Mindest- oder Höchstpreises',
    }
    return because === undefined ? `${amount} teurer` : `${amount} teurer wegen ${reasons[because]}`
  },
  plusTaxes: 'zzgl. Steuern',
  code: {
    empty: 'Geben Sie ein, was auf der Ladesäule steht, etwa DE*ABC*E1234.',
    unknown: (code) =>
      `Eine Ladesäule mit dem Code ${code} ist hier nicht bekannt. Prüfen Sie ihn, oder suchen Sie die Station auf der Karte.`,
    several: (count) =>
      `${count >= 20 ? 'Viele' : count} Ladesäulen haben diesen Code. Geben Sie die ganze EVSE-ID ein, etwa DE*ABC*E1234, oder wählen Sie die Station auf der Karte.`,
  },
  stationUnknown: 'Diese Station ist hier nicht bekannt oder wurde entfernt.',
}
