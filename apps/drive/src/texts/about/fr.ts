import type { Catalogue } from '../catalogue.js'

/** The page about the app. */
export const about: Catalogue['about'] = {
  title: 'À propos de l’application',
  party: 'Identifiant du fournisseur',
  version: 'Version',
  help: 'Aide',
  help_text: 'Un souci ? Signalez-le ou contactez-nous :',
  help_none: 'Un souci ? Signalez-le ici ; votre fournisseur le verra.',
  privacy: 'Sur cet appareil',
  privacy_text:
    'L’application garde ce que vous avez vu en dernier pour fonctionner sans connexion. La déconnexion l’efface. Un cookie vous garde connecté ; ni publicité ni pistage, et rien n’est chargé d’ailleurs, sauf si votre fournisseur utilise un service de cartes.',
  thanks: 'Réalisé avec',
  thanks_text: 'Interwatt, la plateforme d’itinérance ouverte. Contours des pays : Natural Earth.',
}
