import type { Catalogue } from '../catalogue.js'

/** Refusals of the node by the name of their type, with underscores. What is not here is said in general words. */
export const problems: Catalogue['problems'] = {
  charge_running: 'Gerade läuft ein Ladevorgang. Beenden Sie ihn zuerst.',
  last_way_in: 'Das ist Ihre einzige Möglichkeit, sich anzumelden. Fügen Sie zuerst eine andere hinzu.',
  mail_not_sent: 'Die E-Mail konnte nicht gesendet werden. Versuchen Sie es in einer Minute noch einmal.',
  no_mail: 'Hier können keine Codes gesendet werden.',
  no_passkeys: 'Passkeys gehen unter dieser Adresse nicht.',
  passkey_not_accepted: 'Der Passkey wurde nicht angenommen. Versuchen Sie es noch einmal.',
  no_provider: 'Diese App ist noch nicht eingerichtet. Schauen Sie später noch einmal vorbei.',
}
