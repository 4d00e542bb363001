import { randomBytes, randomUUID } from 'node:crypto'
import type { AccountStore, OperatorAccount, OperatorRole } from '@interwatt/store'
import { Attempts } from '../../web/attempts.js'
import type { OperatorSecrets } from '../deps.js'
import { ProblemError, problem } from '../problem.js'
import { loginOf, passwordFault } from './password.rules.js'
import { type PasswordCost, Passwords, PasswordsBusy } from './passwords.js'

/** How long a code counts that sets a password, in days. */
export const INVITATION_DAYS = 7
const DAY_MS = 86_400_000

/** Wrong passwords for one login, from wherever they come. */
const PER_LOGIN = { attempts: 10, windowMs: 5 * 60_000, addresses: 10_000 }
/** Pairs of address and login that got in, remembered so that strangers cannot lock somebody out. */
const TRUSTED_PAIRS = 1_000

/** What accounts work with. */
export interface AccountDeskDeps {
  readonly accounts: AccountStore
  readonly secrets: Pick<OperatorSecrets, 'hash'>
  /** Counts wrong keys, passwords and codes by address. */
  readonly attempts: Attempts
  /** What a hash of a password costs; for tests. */
  readonly passwordCost?: PasswordCost | undefined
  now(): number
}

const refused = (detail: string): ProblemError => new ProblemError(problem(401, detail))

const tooMany = (waitMs: number): ProblemError =>
  new ProblemError(problem(429, 'Too many failed sign-ins. Wait, then try again.'), {
    'retry-after': String(Math.ceil(waitMs / 1000)),
  })

const invalid = (pointer: string, message: string): ProblemError =>
  new ProblemError(
    problem(422, message, {
      findings: [{ pointer, code: 'bad_format', message, rule: '', severity: 'error' }],
    }),
  )

/** An account just invited, with the code that sets its password; the code is shown once, here. */
export interface Invited {
  readonly account: OperatorAccount
  readonly code: string
}

/** Accounts of people: invited by an admin, opened by a code, entered by a password. Throws problems for everything expected. */
export class AccountDesk {
  readonly #byLogin: Attempts
  readonly #trusted = new Set<string>()
  readonly #passwords: Passwords

  constructor(private readonly deps: AccountDeskDeps) {
    this.#byLogin = new Attempts(() => deps.now(), PER_LOGIN)
    this.#passwords = new Passwords(deps.passwordCost)
  }

  /** Makes an account; throws 422 for a login of another form and 409 for one that is taken. */
  async invite(input: { login: string; name: string; role: OperatorRole; by: string }): Promise<Invited> {
    const login = loginOf(input.login)
    if (login === undefined) throw invalid('/login', 'A login looks like an e-mail address.')
    const { code, change } = this.#newCode()
    const account: OperatorAccount = {
      id: randomUUID(),
      login,
      name: input.name,
      role: input.role,
      password: null,
      ...change,
      invitedBy: input.by,
      createdAt: new Date(this.deps.now()).toISOString(),
      lastSignInAt: null,
      disabledAt: null,
    }
    if (!(await this.deps.accounts.add(account)))
      throw new ProblemError(problem(409, 'There is an account with this login.'))
    return { account, code }
  }

  /** A new code for an account whose password was never set, or is forgotten; the present password counts until the code is used. */
  async inviteAgain(id: string): Promise<Invited> {
    const account = await this.get(id)
    if (account.disabledAt !== null)
      throw new ProblemError(problem(409, 'The account is disabled. Enable it first.'))
    const { code, change } = this.#newCode()
    await this.deps.accounts.update(id, change)
    return { account: { ...account, ...change }, code }
  }

  /** The account; throws 404. */
  async get(id: string): Promise<OperatorAccount> {
    const account = await this.deps.accounts.get(id)
    if (account === undefined) throw new ProblemError(problem(404, 'The account is not known here.'))
    return account
  }

  /** Changes name or role, disables or enables; a disabled account is signed out everywhere at once. */
  async change(
    id: string,
    { name, role, disabled }: { name?: string; role?: OperatorRole; disabled?: boolean },
  ): Promise<OperatorAccount> {
    const account = await this.get(id)
    const disabledAt = disabled ? (account.disabledAt ?? new Date(this.deps.now()).toISOString()) : null
    await this.deps.accounts.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined ? {} : { disabledAt }),
    })
    if (disabled === true) await this.deps.accounts.endSessions(id)
    return this.get(id)
  }

  /** The account of a login and its password; throws 401, or 429 after too many wrong ones. */
  async enter(
    address: string,
    { login: typed, password }: { login: string; password: string },
  ): Promise<OperatorAccount> {
    const { accounts, attempts, now } = this.deps
    const login = loginOf(typed) ?? ''
    const pair = `${address} ${login}`
    const waitMs = Math.max(attempts.waitMs(address), this.#byLogin.waitMs(login))
    if (waitMs > 0 && !this.#trusted.has(pair)) throw tooMany(waitMs)
    const account = login === '' ? undefined : await accounts.byLogin(login)
    // NOTE: an unknown login takes as long as a known one, and is answered the same.
    const matches = await this.#busyAside(this.#passwords.matches(password, account?.password ?? null))
    if (account === undefined || !matches || account.disabledAt !== null) {
      attempts.record(address)
      this.#byLogin.record(login)
      throw refused('Login or password is not right.')
    }
    this.#trust(pair)
    await accounts.update(account.id, { lastSignInAt: new Date(now()).toISOString() })
    return account
  }

  /** Sets the password by the code of an invitation, which ends all sign-ins; throws 401 for a code that does not count. */
  async activate(
    address: string,
    { code, password }: { code: string; password: string },
  ): Promise<OperatorAccount> {
    const { accounts, attempts, secrets, now } = this.deps
    const waitMs = attempts.waitMs(address)
    if (waitMs > 0) throw tooMany(waitMs)
    const hash = secrets.hash(code.trim())
    const at = new Date(now()).toISOString()
    const account = await accounts.byInvitation(hash, at)
    if (account === undefined) {
      attempts.record(address)
      throw refused(
        'This code does not count: it was used, has expired, or was replaced. Ask an admin for a new one.',
      )
    }
    const stored = await this.#newPassword(password, account)
    const accepted = await accounts.accept(hash, at, stored)
    if (accepted === undefined) throw refused('This code was used a moment ago.')
    await accounts.endSessions(accepted.id)
    await accounts.update(accepted.id, { lastSignInAt: at })
    return accepted
  }

  /** Changes the password of somebody who knows the present one; other sign-ins of the account end. */
  async changePassword(
    address: string,
    input: { id: string; sessionHash: string; current: string; password: string },
  ): Promise<void> {
    const { accounts, attempts } = this.deps
    const account = await this.get(input.id)
    const waitMs = attempts.waitMs(address)
    if (waitMs > 0) throw tooMany(waitMs)
    if (!(await this.#busyAside(this.#passwords.matches(input.current, account.password)))) {
      attempts.record(address)
      throw invalid('/current', 'The present password is not right.')
    }
    await accounts.update(account.id, { password: await this.#newPassword(input.password, account) })
    await accounts.endSessions(account.id, input.sessionHash)
  }

  async #newPassword(text: string, account: OperatorAccount): Promise<string> {
    const fault = passwordFault(text, account)
    if (fault !== undefined) throw invalid('/password', fault)
    return this.#busyAside(this.#passwords.hash(text))
  }

  async #busyAside<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof PasswordsBusy)) throw error
      throw new ProblemError(problem(503, 'Too many people sign in at once. Try again.'), {
        'retry-after': '2',
      })
    }
  }

  #newCode() {
    const code = `iwi_${randomBytes(24).toString('base64url')}`
    const expires = new Date(this.deps.now() + INVITATION_DAYS * DAY_MS).toISOString()
    return { code, change: { invitationHash: this.deps.secrets.hash(code), invitationExpiresAt: expires } }
  }

  #trust(pair: string): void {
    const oldest = this.#trusted.size >= TRUSTED_PAIRS ? this.#trusted.values().next() : undefined
    if (oldest?.done === false) this.#trusted.delete(oldest.value)
    this.#trusted.add(pair)
  }
}
