import type { Catalogue } from '../catalogue.js'

/** The sign-in. */
export const signIn: Catalogue['signIn'] = {
  title: 'Anmelden',
  welcome: 'Ein Konto für jede Station in jedem Netz.',
  ended_title: 'Bitte melden Sie sich wieder an',
  ended_text:
    'Ihre Anmeldung ist abgelaufen. Die Seite bleibt, wie sie ist, mit allem, was Sie eingegeben haben.',
  needed_title: 'Melden Sie sich an, dann geht es weiter',
  demo: 'Als Testfahrer weiter',
  demo_text: 'Das ist eine Vorführung: ohne E-Mail, ohne echtes Laden, ohne echtes Geld.',
  passkey: 'Mit Passkey anmelden',
  or: 'oder',
  email: 'E-Mail-Adresse',
  email_hint: 'Sie bekommen einen Code. Neu hier? Damit entsteht auch Ihr Konto.',
  email_wrong: 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel kim@example.org.',
  send_code: 'Code senden',
  code_title: 'Code eingeben',
  code_sent: 'Er ging an {email} und gilt ein paar Minuten.',
  code: 'Sechsstelliger Code',
  code_short: 'Der Code hat sechs Ziffern.',
  code_wrong: 'Dieser Code ist falsch oder zu alt. Prüfen Sie ihn oder lassen Sie sich einen neuen senden.',
  enter: 'Anmelden',
  code_again: 'Neuen Code senden',
  code_again_in: 'Neuer Code möglich in {seconds} s',
  code_resent: 'Ein neuer Code ist unterwegs.',
  other_email: 'Andere Adresse verwenden',
  passkey_failed:
    'Der Passkey wurde nicht verwendet. Versuchen Sie es noch einmal oder melden Sie sich mit einem Code an.',
  passkey_unknown:
    'Dieser Passkey ist hier nicht oder nicht mehr bekannt. Melden Sie sich mit einem Code an.',
  no_way: 'Im Moment kann sich hier niemand anmelden. Versuchen Sie es bitte später noch einmal.',
}
