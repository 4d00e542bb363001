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
  start_running: 'Sie haben diesen Anschluss schon angefragt. Sehen Sie unter Laden nach.',
  nothing_to_stop: 'Dort läuft nichts mehr, das beendet werden könnte.',
  nothing_charging: 'Dort lädt nichts mehr.',
  reservation_held: 'Sie haben schon eine Reservierung. Stornieren Sie sie zuerst.',
  nothing_to_cancel: 'Diese Reservierung gilt nicht mehr.',
  no_receipt: 'Der Betreiber hat den Beleg noch nicht geschickt.',
}
