import { createTransport } from 'nodemailer'
import type { Settings } from '../../settings.js'

/** A mail to one address. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A mail server that did not take a mail now; `cause` has neither the mail nor the address. */
export class MailNotSent extends Error {}

/** Sends mails. */
export interface Mailer {
  /** `refused` when the server will not have this address at all. Throws `MailNotSent` when it may be tried again. */
  send(mail: Mail): Promise<'sent' | 'refused'>
  close(): void
}

const PATIENCE_MS = 10_000

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null
    ? Object.entries(error).find(([key]) => key === name)?.[1]
    : undefined

/** What may be logged of a failure: words of the mail server could repeat the address. */
const harmless = (error: unknown): Error => {
  const parts = ['code', 'command', 'responseCode'].map((name) => fieldOf(error, name))
  return new Error(`SMTP: ${parts.filter((part) => part !== undefined).join(' ') || 'failed'}`)
}

const isRefusedForGood = (error: unknown): boolean => {
  const status = fieldOf(error, 'responseCode')
  return fieldOf(error, 'code') === 'EENVELOPE' && typeof status === 'number' && status >= 500
}

/** The mail server of the settings; undefined when they name none. */
export const createMailer = ({
  smtpUrl,
  mailFrom,
}: Pick<Settings, 'smtpUrl' | 'mailFrom'>): Mailer | undefined => {
  if (smtpUrl === null || mailFrom === null) return undefined
  const transport = createTransport({
    url: smtpUrl,
    ...{ connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  return {
    async send({ to, subject, text, html }) {
      try {
        const headers = { 'Auto-Submitted': 'auto-generated' }
        await transport.sendMail({
          from: mailFrom,
          to: { name: '', address: to },
          subject,
          text,
          html,
          headers,
        })
        return 'sent'
      } catch (error) {
        if (isRefusedForGood(error)) return 'refused'
        throw new MailNotSent('The mail server did not take the mail.', { cause: harmless(error) })
      }
    },
    close: () => transport.close(),
  }
}
