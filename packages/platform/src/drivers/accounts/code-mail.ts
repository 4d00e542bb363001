import type { DriverLanguage } from '@interwatt/store'
import type { Mail } from '../mail/mailer.js'

interface Words {
  readonly subject: (name: string) => string
  readonly lead: (name: string) => string
  readonly lasts: (minutes: number) => string
  readonly unasked: string
}

const WORDS: Readonly<Record<DriverLanguage, Words>> = {
  en: {
    subject: (name) => `Your code for ${name}`,
    lead: (name) => `Your code to sign in to ${name}:`,
    lasts: (minutes) => `It works once, within ${minutes} minutes.`,
    unasked:
      'If you did not ask for it, do nothing: nobody can sign in without this code. Never tell it to anyone.',
  },
  de: {
    subject: (name) => `Ihr Code für ${name}`,
    lead: (name) => `Ihr Code zur Anmeldung bei ${name}:`,
    lasts: (minutes) => `Er gilt einmal, innerhalb von ${minutes} Minuten.`,
    unasked:
      'Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: ohne diesen Code meldet sich niemand an. Geben Sie ihn nie weiter.',
  },
  fr: {
    subject: (name) => `Votre code pour ${name}`,
    lead: (name) => `Votre code pour vous connecter à ${name} :`,
    lasts: (minutes) => `Il est valable une seule fois, pendant ${minutes} minutes.`,
    unasked:
      'Si vous ne l’avez pas demandé, ne faites rien : personne ne peut se connecter sans ce code. Ne le donnez jamais à personne.',
  },
  nl: {
    subject: (name) => `Uw code voor ${name}`,
    lead: (name) => `Uw code om in te loggen bij ${name}:`,
    lasts: (minutes) => `Hij werkt één keer, binnen ${minutes} minuten.`,
    unasked:
      'Hebt u er niet om gevraagd, dan hoeft u niets te doen: zonder deze code kan niemand inloggen. Geef hem nooit door.',
  },
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = 'font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.5; color: #1a1a1a'
const CODE_STYLE = 'font-size: 32px; font-weight: 600; letter-spacing: 0.2em; margin: 16px 0'

const htmlOf = (language: DriverLanguage, paragraphs: readonly string[], code: string): string => {
  const [lead = '', ...rest] = paragraphs.map((text) => `<p>${escaped(text)}</p>`)
  const body = [lead, `<p style="${CODE_STYLE}">${code}</p>`, ...rest].join('\n')
  return `<!doctype html>\n<html lang="${language}">\n<body style="${STYLE}">\n${body}\n</body>\n</html>\n`
}

/** The mail with a sign-in code. The subject does not have it: subjects are logged and shown on locked screens. */
export const codeMail = (wanted: {
  readonly to: string
  readonly language: DriverLanguage
  /** Name of the eMSP. */
  readonly name: string
  readonly code: string
  readonly minutes: number
}): Mail => {
  const { to, language, name, code, minutes } = wanted
  const words = WORDS[language]
  const paragraphs = [words.lead(name), words.lasts(minutes), words.unasked]
  const [lead, ...rest] = paragraphs
  return {
    to,
    subject: words.subject(name),
    text: `${[lead, `    ${code}`, ...rest].join('\n\n')}\n`,
    html: htmlOf(language, paragraphs, code),
  }
}
