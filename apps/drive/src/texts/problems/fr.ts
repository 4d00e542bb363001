import type { Catalogue } from '../catalogue.js'

/** Refusals of the node by the name of their type, with underscores. What is not here is said in general words. */
export const problems: Catalogue['problems'] = {
  charge_running: 'Une recharge est en cours. Arrêtez-la d’abord.',
  last_way_in: 'C’est votre seul moyen de connexion. Ajoutez-en d’abord un autre.',
  mail_not_sent: 'L’e-mail n’a pas pu être envoyé. Réessayez dans une minute.',
  no_mail: 'Impossible d’envoyer des codes ici.',
  no_passkeys: 'Les clés d’accès ne fonctionnent pas à cette adresse.',
  passkey_not_accepted: 'La clé d’accès n’a pas été acceptée. Réessayez.',
  no_provider: 'Cette application n’est pas encore configurée. Revenez plus tard.',
}
