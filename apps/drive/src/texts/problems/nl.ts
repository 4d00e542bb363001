import type { Catalogue } from '../catalogue.js'

/** Refusals of the node by the name of their type, with underscores. What is not here is said in general words. */
export const problems: Catalogue['problems'] = {
  charge_running: 'Er loopt een laadbeurt. Stop die eerst.',
  last_way_in: 'Dit is je enige manier om in te loggen. Voeg eerst een andere toe.',
  mail_not_sent: 'De e-mail kon niet worden verstuurd. Probeer het over een minuut opnieuw.',
  no_mail: 'Hier kunnen geen codes worden verstuurd.',
  no_passkeys: 'Passkeys werken niet op dit adres.',
  passkey_not_accepted: 'De passkey is niet geaccepteerd. Probeer het opnieuw.',
  no_provider: 'Deze app is nog niet ingesteld. Kom later terug.',
}
