import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { Driver, DriverAccessStore, Passkey } from '@interwatt/store'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { problem, type Result } from '../../result.js'
import type { Secrets } from '../../secrets.js'

/** Passkeys one driver may have. */
const MOST_PASSKEYS = 20
/** How long a driver may take to touch the passkey, in seconds. */
export const CHALLENGE_SECONDS = 300

/** What passkeys work with. */
export interface PasskeyDeps {
  readonly access: DriverAccessStore
  readonly secrets: Pick<Secrets, 'hash'>
  /** Base of every URL given out; passkeys belong to its host. */
  readonly publicUrl: string
  now(): number
}

/** What the browser is asked, and the text that its cookie has to bring back with the answer. */
export interface Asked<T> {
  readonly options: T
  readonly cookie: string
}

/** The host that passkeys belong to; undefined where browsers offer none: at an address of numbers, and without https but at localhost. */
export const passkeyHost = (publicUrl: string): string | undefined => {
  const { protocol, hostname } = new URL(publicUrl)
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return undefined
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  return protocol === 'https:' || isLocal ? hostname : undefined
}

const noPasskeys = (): Result<never> => ({
  ...problem(
    503,
    'No passkeys here',
    'Passkeys need this node to have a public address with a name and https.',
  ),
  type: 'no-passkeys',
})

const notAccepted = (status: 400 | 401): Result<never> => ({
  ...problem(
    status,
    'Passkey not accepted',
    'This passkey was not accepted. Try again, or sign in another way.',
  ),
  type: 'passkey-not-accepted',
})

const isoAt = (ms: number): string => new Date(ms).toISOString()

const remember = async (
  { access, secrets, now }: PasskeyDeps,
  wanted: {
    readonly purpose: 'sign-in' | 'add'
    readonly challenge: string
    readonly driverId: string | null
  },
): Promise<string> => {
  const text = randomBytes(32).toString('base64url')
  const at = now()
  await access.prune(isoAt(at))
  const expiresAt = isoAt(at + CHALLENGE_SECONDS * 1000)
  await access.addChallenge({ ...wanted, hash: secrets.hash(text), expiresAt })
  return text
}

/** The challenge that a browser answers; it is used up by asking. */
const recall = async (
  { access, secrets, now }: PasskeyDeps,
  cookie: string | undefined,
  wanted: { readonly purpose: 'sign-in' | 'add'; readonly driverId: string | null },
): Promise<string | undefined> => {
  if (cookie === undefined) return undefined
  const taken = await access.takeChallenge(secrets.hash(cookie), isoAt(now()))
  return taken?.purpose === wanted.purpose && taken.driverId === wanted.driverId ? taken.challenge : undefined
}

/** The library throws for every answer it does not like; what exactly is nobody's business but a debugger's. */
const verified = async <T extends { readonly verified: boolean }>(
  check: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    const result = await check()
    return result.verified ? result : undefined
  } catch {
    return undefined
  }
}

/** Asks for any passkey of this node: the driver chooses in the browser who they are. */
export const askPasskey = async (
  deps: PasskeyDeps,
): Promise<Result<Asked<Awaited<ReturnType<typeof generateAuthenticationOptions>>>>> => {
  const rpID = passkeyHost(deps.publicUrl)
  if (rpID === undefined) return noPasskeys()
  const options = await generateAuthenticationOptions({
    ...{ rpID, userVerification: 'required', timeout: CHALLENGE_SECONDS * 1000 },
  })
  const { challenge } = options
  const cookie = await remember(deps, { purpose: 'sign-in', challenge, driverId: null })
  return { kind: 'done', value: { options, cookie } }
}

/** Id of the driver whose passkey signed the challenge of this browser. A problem when it is not known, was copied, or signed something else. */
export const acceptPasskey = async (
  deps: PasskeyDeps,
  response: AuthenticationResponseJSON,
  cookie: string | undefined,
): Promise<Result<string>> => {
  const rpID = passkeyHost(deps.publicUrl)
  if (rpID === undefined) return noPasskeys()
  const expectedChallenge = await recall(deps, cookie, { purpose: 'sign-in', driverId: null })
  const passkey = await deps.access.passkey(response.id)
  if (expectedChallenge === undefined || passkey === undefined) return notAccepted(401)
  const { userHandle } = response.response
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== passkey.driverId)
    return notAccepted(401)
  const { id, counter } = passkey
  const publicKey = new Uint8Array(Buffer.from(passkey.publicKey, 'base64url'))
  const answer = await verified(() =>
    verifyAuthenticationResponse({
      ...{ response, expectedChallenge, expectedRPID: rpID, requireUserVerification: true },
      ...{ expectedOrigin: new URL(deps.publicUrl).origin, credential: { id, publicKey, counter } },
    }),
  )
  if (answer === undefined) return notAccepted(401)
  const { newCounter, credentialBackedUp: backedUp } = answer.authenticationInfo
  const isNewer = await deps.access.usePasskey({ id, counter: newCounter, backedUp, at: isoAt(deps.now()) })
  return isNewer ? { kind: 'done', value: passkey.driverId } : notAccepted(401)
}

/** Asks the browser of a driver for a new passkey. A problem when they have too many. */
export const askNewPasskey = async (
  deps: PasskeyDeps,
  driver: Driver,
  issuer: string,
): Promise<Result<Asked<Awaited<ReturnType<typeof generateRegistrationOptions>>>>> => {
  const rpID = passkeyHost(deps.publicUrl)
  if (rpID === undefined) return noPasskeys()
  const known = await deps.access.passkeys(driver.id)
  if (known.length >= MOST_PASSKEYS)
    return problem(
      409,
      'Too many passkeys',
      `An account has at most ${MOST_PASSKEYS} passkeys. Remove one first.`,
    )
  const options = await generateRegistrationOptions({
    ...{ rpName: issuer, rpID, attestationType: 'none', timeout: CHALLENGE_SECONDS * 1000 },
    ...{ userName: driver.email ?? driver.name, userDisplayName: driver.name },
    userID: new Uint8Array(Buffer.from(driver.id)),
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const { challenge } = options
  const cookie = await remember(deps, { purpose: 'add', challenge, driverId: driver.id })
  return { kind: 'done', value: { options, cookie } }
}

/** Adds the passkey that the browser of a driver made. A problem when it did not answer what was asked, or is known already. */
export const addPasskey = async (
  deps: PasskeyDeps,
  driver: Pick<Driver, 'id'>,
  made: {
    readonly response: RegistrationResponseJSON
    readonly cookie: string | undefined
    readonly name: string | undefined
  },
): Promise<Result<Passkey>> => {
  const rpID = passkeyHost(deps.publicUrl)
  if (rpID === undefined) return noPasskeys()
  const { response, cookie } = made
  const expectedChallenge = await recall(deps, cookie, { purpose: 'add', driverId: driver.id })
  if (expectedChallenge === undefined) return notAccepted(400)
  const answer = await verified(() =>
    verifyRegistrationResponse({
      ...{ response, expectedChallenge, expectedRPID: rpID, requireUserVerification: true },
      expectedOrigin: new URL(deps.publicUrl).origin,
    }),
  )
  if (answer?.registrationInfo === undefined) return notAccepted(400)
  const { credential, credentialBackedUp: backedUp } = answer.registrationInfo
  const count = (await deps.access.passkeys(driver.id)).length
  if (count >= MOST_PASSKEYS) return problem(409, 'Too many passkeys', 'Remove one first.')
  const passkey: Passkey = {
    ...{ id: credential.id, driverId: driver.id, counter: credential.counter, backedUp },
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    transports: credential.transports ?? [],
    name: made.name ?? `Passkey ${count + 1}`,
    createdAt: isoAt(deps.now()),
    lastUsedAt: null,
  }
  if (await deps.access.addPasskey(passkey)) return { kind: 'done', value: passkey }
  return problem(409, 'Passkey exists', 'This passkey is known already.')
}

/** Removes a passkey; `hasOtherWay` says whether its driver can sign in without any. A problem when it is the last way in. */
export const removePasskey = async (
  { access }: { readonly access: Pick<DriverAccessStore, 'passkeys' | 'removePasskey'> },
  driver: Pick<Driver, 'id'>,
  { id, hasOtherWay }: { readonly id: string; readonly hasOtherWay: boolean },
): Promise<Result<null>> => {
  const known = await access.passkeys(driver.id)
  const unknown = problem(404, 'No such passkey', 'The passkey is not known here.')
  if (!known.some((passkey) => passkey.id === id)) return unknown
  if (known.length === 1 && !hasOtherWay)
    return {
      ...problem(
        409,
        'The last way to sign in',
        'Without this passkey nobody could sign in to the account any more.',
      ),
      type: 'last-way-in',
    }
  return (await access.removePasskey(driver.id, id)) ? { kind: 'done', value: null } : unknown
}
