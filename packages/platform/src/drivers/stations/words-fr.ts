import type { StationWords } from './words.js'

/** What is said about stations in French. */
export const fr: StationWords = {
  noPrice: {
    'no-tariff': 'Prix inconnu : l’exploitant n’a transmis aucun tarif.',
    'power-unknown': 'Prix inconnu : l’exploitant n’indique pas la puissance de cette prise.',
    'time-zone-unknown': 'Prix inconnu : il dépend de l’heure, et le fuseau horaire du lieu n’est pas connu.',
    'currencies-differ': 'Prix inconnu : les tarifs de l’exploitant sont dans des monnaies différentes.',
    'plan-impossible': 'Pas de prix : cette recharge n’est pas possible ici.',
    'battery-unknown':
      'Pas de prix : un objectif en pour cent demande une voiture dont la batterie est connue.',
    'does-not-fit': 'Votre voiture ne convient pas à cette prise.',
    'place-unknown': 'Cette prise n’est plus connue.',
    'not-priceable': 'Prix inconnu : le tarif de l’exploitant ne peut pas être calculé.',
  },
  hindrance: {
    'not-remote': 'Cette borne ne peut pas être démarrée par l’application. Utilisez votre carte à la borne.',
    'not-reservable': 'Cette borne ne peut pas être réservée.',
    'no-preferences': 'Cette borne n’accepte pas de souhaits sur le moment de la recharge.',
    'no-commands':
      'Cet exploitant n’accepte pas de demandes de l’application. Utilisez votre carte à la borne.',
    'partner-away': 'Cet exploitant ne répond pas pour le moment. Utilisez votre carte à la borne.',
    'out-of-order': 'Cette borne est hors service.',
    blocked: 'L’accès à cette borne est bloqué.',
    planned: 'Cette borne n’est pas encore en service.',
    taken: 'Une autre voiture se recharge ici.',
    reserved: 'Cette borne est réservée.',
  },
  stale: {
    'partner-away': (operator) => `${operator} ne répond pas pour le moment ; cela peut avoir changé.`,
    'party-away': (operator) => `${operator} n’est pas connecté pour le moment ; cela peut avoir changé.`,
    silent: (operator) => `Aucune nouvelle de ${operator} depuis un moment ; cela peut avoir changé.`,
    'old-status': () => 'Libre depuis plus d’une semaine sans aucune recharge : douteux, peut-être en panne.',
  },
  dearer(amount, because) {
    const reasons = {
      fixed: 'des frais de session',
      energy: 'de l’énergie',
      time: 'du temps de recharge',
      parking: 'du temps après la recharge',
      reservation: 'de la réservation',
      limit: 'd’un prix minimum ou maximum',
    }
    return because === undefined ? `${amount} de plus` : `${amount} de plus à cause ${reasons[because]}`
  },
  plusTaxes: 'hors taxes',
  code: {
    empty: 'Saisissez ce qui est imprimé sur la borne, par exemple DE*ABC*E1234.',
    unknown: (code) =>
      `Aucune borne avec le code ${code} n’est connue ici. Vérifiez-le, ou cherchez la station sur la carte.`,
    several: (count) =>
      `${count >= 20 ? 'De nombreuses' : count} bornes ont ce code. Saisissez l’identifiant EVSE complet, par exemple DE*ABC*E1234, ou choisissez la station sur la carte.`,
  },
  stationUnknown: 'Cette station n’est pas connue ici, ou a été retirée.',
}
