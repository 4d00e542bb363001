import { canonicalVersion, type PartyId } from '@interwatt/protocol'
import {
  type Document,
  type Driver,
  type DriverStore,
  type DriverToken,
  type ObjectStore,
  tokenKey,
} from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import type { ObjectService } from '../../services.js'

/** What cards work with. */
export interface CardDeps {
  readonly drivers: Pick<DriverStore, 'tokens' | 'addToken' | 'updateToken' | 'removeToken' | 'byToken'>
  readonly objects: Pick<ObjectService, 'put' | 'patch' | 'remove'>
  /** Reads tokens as they are stored. */
  readonly stored: Pick<ObjectStore, 'get'>
  now(): number
}

/** `blocked`: by the driver, who may let it in again; `withdrawn`: by whoever issued it. */
export type CardState = 'active' | 'blocked' | 'withdrawn'

/** A card of a driver. */
export interface Card {
  readonly uid: string
  readonly label: string | null
  /** What is printed on it; null when not known. */
  readonly visualNumber: string | null
  readonly state: CardState
  readonly addedAt: string
}

/** A card that an operator gives to a driver. */
export interface NewCard {
  readonly uid: string
  readonly label?: string | null
  readonly visualNumber?: string
}

const TYPE = 'RFID'
const VERSION = canonicalVersion.id

const keyOf = ({ party, uid }: Pick<DriverToken, 'party' | 'uid'>) => tokenKey(party, uid, TYPE)

const documentOf = async ({ stored }: CardDeps, party: PartyId, uid: string): Promise<Document | undefined> =>
  (await stored.get(keyOf({ party, uid })))?.document

const stateOf = (document: Document | undefined, { blockedAt }: DriverToken): CardState => {
  if (document?.valid === true) return 'active'
  return blockedAt === null ? 'withdrawn' : 'blocked'
}

const cardOf = async (deps: CardDeps, token: DriverToken): Promise<Card> => {
  const document = await documentOf(deps, token.party, token.uid)
  const visual = document?.visual_number
  const { uid, label, addedAt } = token
  return {
    ...{ uid, label, addedAt, state: stateOf(document, token) },
    visualNumber: typeof visual === 'string' ? visual : null,
  }
}

const tokenOf = async (
  { drivers }: CardDeps,
  driver: Pick<Driver, 'id'>,
  uid: string,
): Promise<DriverToken | undefined> =>
  (await drivers.tokens(driver.id)).find(
    (token) => token.type === TYPE && token.uid.toUpperCase() === uid.toUpperCase(),
  )

const unknownCard = (): Result<never> => problem(404, 'No such card', 'The card is not known here.')

/** Cards of a driver, the oldest first. */
export const cardsOf = async (deps: CardDeps, driver: Pick<Driver, 'id'>): Promise<readonly Card[]> => {
  const tokens = await deps.drivers.tokens(driver.id)
  return Promise.all(tokens.filter(({ type }) => type === TYPE).map((token) => cardOf(deps, token)))
}

/** Makes the token of a card valid or not, which partners learn of. The note of the driver is written first for a block, last for its end. */
const setBlocked = async (
  deps: CardDeps,
  driver: Pick<Driver, 'id'>,
  { token, blocked }: { readonly token: DriverToken; readonly blocked: boolean },
): Promise<Result<null>> => {
  const { state } = await cardOf(deps, token)
  if (state === 'withdrawn')
    return problem(
      409,
      'The card was withdrawn',
      'It was withdrawn by its issuer. Only they can let it in again.',
    )
  const note = (blockedAt: string | null) => deps.drivers.updateToken(driver.id, token, { blockedAt })
  if (blocked) await note(token.blockedAt ?? new Date(deps.now()).toISOString())
  const written = await deps.objects.patch(keyOf(token), { valid: !blocked }, VERSION)
  if (written.kind === 'problem') return written
  if (!blocked) await note(null)
  return { kind: 'done', value: null }
}

/** Blocks or names a card of a driver. A problem when it is not theirs, or was withdrawn by its issuer. */
export const changeCard = async (
  deps: CardDeps,
  driver: Pick<Driver, 'id'>,
  change: { readonly uid: string; readonly blocked?: boolean; readonly label?: string | null },
): Promise<Result<Card>> => {
  const { uid, blocked, label } = change
  const token = await tokenOf(deps, driver, uid)
  if (token === undefined) return unknownCard()
  if (blocked !== undefined) {
    const set = await setBlocked(deps, driver, { token, blocked })
    if (set.kind === 'problem') return set
  }
  if (label !== undefined) await deps.drivers.updateToken(driver.id, token, { label })
  const after = await tokenOf(deps, driver, uid)
  return after === undefined ? unknownCard() : { kind: 'done', value: await cardOf(deps, after) }
}

/**
 * Gives a card to a driver: its token gets their contract and is valid. A card they have already is let in again. A problem when it is the card of
 * another driver, or the token cannot be stored.
 */
export const giveCard = async (
  deps: CardDeps,
  driver: Driver,
  { issuer, card }: { readonly issuer: string; readonly card: NewCard },
): Promise<Result<Card>> => {
  const { party, contractId, language } = driver
  const document = await documentOf(deps, party, card.uid)
  const uid = typeof document?.uid === 'string' ? document.uid : card.uid
  const holder = await deps.drivers.byToken(party, uid, TYPE)
  if (holder !== undefined && holder.id !== driver.id)
    return problem(409, 'The card is taken', 'It is the card of another driver. Take it from them first.')
  const visual = card.visualNumber ?? document?.visual_number
  const body = {
    ...{ uid, type: TYPE, contract_id: contractId, issuer, valid: true, language },
    whitelist: document?.whitelist ?? 'ALLOWED',
    ...(visual === undefined ? {} : { visual_number: visual }),
  }
  const written = await deps.objects.put(tokenKey(party, uid, TYPE), body, VERSION)
  if (written.kind === 'problem') return written
  const { label } = card
  const addedAt = new Date(deps.now()).toISOString()
  const token = { party, uid, type: TYPE, label: label ?? null, addedAt, blockedAt: null }
  if (holder === undefined) await deps.drivers.addToken(driver.id, token)
  else
    await deps.drivers.updateToken(driver.id, token, {
      blockedAt: null,
      ...(label === undefined ? {} : { label }),
    })
  const given = await tokenOf(deps, driver, uid)
  return given === undefined ? unknownCard() : { kind: 'done', value: await cardOf(deps, given) }
}

/** Takes a card from a driver; its token becomes invalid, which partners learn of. */
export const takeCard = async (
  deps: CardDeps,
  driver: Pick<Driver, 'id'>,
  uid: string,
): Promise<Result<null>> => {
  const token = await tokenOf(deps, driver, uid)
  if (token === undefined) return unknownCard()
  const withdrawn = await deps.objects.remove(keyOf(token))
  if (withdrawn.kind === 'problem' && withdrawn.status !== 404) return withdrawn
  await deps.drivers.removeToken(driver.id, token)
  return { kind: 'done', value: null }
}
