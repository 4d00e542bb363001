import { randomInt } from 'node:crypto'
import type { PartyId } from '@interwatt/protocol'
import type { Driver, DriverAccessStore, DriverLanguage } from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import type { Secrets } from '../../secrets.js'
import { sameText } from '../../web/same-text.js'
import { type Mailer, MailNotSent } from '../mail/mailer.js'
import { codeMail } from './code-mail.js'
import { type AccountDeps, completeDriver, createDriver } from './create-driver.js'

/** How long a code counts. */
const CODE_MINUTES = 10
/** Tries at one code. */
const MOST_TRIES = 5

/** What codes work with. */
export interface CodeDeps extends AccountDeps {
  readonly access: Pick<DriverAccessStore, 'putCode' | 'tryCode' | 'useCode' | 'prune'>
  readonly secrets: Pick<Secrets, 'hash'>
  /** Undefined when the node has no mail server. */
  readonly mailer: Mailer | undefined
  logError(error: unknown): void
}

/** Whose driver is to sign in. */
export interface CodeAddress {
  readonly party: PartyId
  /** Name of the eMSP. */
  readonly issuer: string
  readonly email: string
}

const hashOf = (
  { secrets }: Pick<CodeDeps, 'secrets'>,
  { party, email }: CodeAddress,
  code: string,
): string => secrets.hash(['driver code', party.countryCode, party.partyId, email, code].join(' '))

const folded = (address: CodeAddress): CodeAddress => ({ ...address, email: address.email.toLowerCase() })

/** Whether drivers can sign in with a code here. */
export const sendsCodes = ({ mailer }: Pick<CodeDeps, 'mailer'>): boolean => mailer !== undefined

/**
 * Sends a new code, which takes the place of the one before. Whether there is an account plays no part. A problem when there is no mail
 * server, or it does not take the mail now; a mail that nobody gets is none.
 */
export const sendCode = async (
  deps: CodeDeps,
  wanted: CodeAddress & { readonly language: DriverLanguage },
): Promise<Result<null>> => {
  const { mailer, access, now } = deps
  const { language } = wanted
  const address = folded(wanted)
  if (mailer === undefined)
    return {
      ...problem(503, 'No mail server', 'This node cannot send codes: it has no mail server (SMTP_URL).'),
      type: 'no-mail',
    }
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const { party, email, issuer: name } = address
  await access.prune(new Date(now()).toISOString())
  const expiresAt = new Date(now() + CODE_MINUTES * 60_000).toISOString()
  await access.putCode({ party, email, hash: hashOf(deps, address, code), language, expiresAt })
  try {
    await mailer.send(codeMail({ to: email, language, name, code, minutes: CODE_MINUTES }))
    return { kind: 'done', value: null }
  } catch (error) {
    if (!(error instanceof MailNotSent)) throw error
    deps.logError(error)
    return {
      ...problem(503, 'The mail was not sent', 'The mail server does not answer. Try again in a minute.'),
      type: 'mail-not-sent',
    }
  }
}

const wrongCode = (): Result<never> => ({
  ...problem(401, 'Wrong code', 'This code is wrong or counts no more. Ask for a new one if it stays so.'),
  type: 'wrong-code',
})

/** What a new driver is called until they say otherwise: the part of the address before the @. */
const nameOf = (email: string): string => (email.split('@', 1)[0] ?? '').slice(0, 60)

/**
 * The driver of an address who has its code; the first time, the account is made. A problem when the code is wrong, used, too old or was tried
 * too often: which of them is not said.
 */
export const redeemCode = async (
  deps: CodeDeps,
  wanted: CodeAddress & { readonly code: string },
): Promise<Result<Driver>> => {
  const { access, drivers, now } = deps
  const address = folded(wanted)
  const { party, issuer, email } = address
  const live = await access.tryCode(address, new Date(now()).toISOString(), MOST_TRIES)
  const hash = hashOf(deps, address, wanted.code.replaceAll(' ', ''))
  if (live === undefined || !sameText(live.hash, hash)) return wrongCode()
  if (!(await access.useCode({ party, email, hash }))) return wrongCode()
  const known = await drivers.byEmail(party, email)
  if (known !== undefined) return completeDriver(deps, known, issuer)
  const { language } = live
  const made = await createDriver(deps, {
    party,
    issuer,
    email,
    name: nameOf(email),
    language,
    isDemo: false,
  })
  if (made.kind === 'done') return made
  const other = await drivers.byEmail(party, email)
  return other === undefined ? made : { kind: 'done', value: other }
}
