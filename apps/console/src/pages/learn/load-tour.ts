import { textAt } from '../../api/fields.js'
import { getCorrelation, getMessages, type Message } from '../../api/messages.js'
import { type Command, getCommand } from '../../api/node.js'
import { getObject, type ObjectAddress } from '../../api/objects.js'
import { getCdrCheck } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { ApiFailure, type Query } from '../../api/request.js'
import { getStory, type Story } from '../../api/story.js'
import { isResult, type ToldCommand, type TourSources } from './tour.js'

/** Messages read of each kind, the newest; a long charge has more, which the conversation shows. */
const MOST = 200
/** Status messages from this long before the first message of a charge may belong to it, in milliseconds. */
const STATUS_BEFORE_MS = 5_000

/** The value, or undefined where the node says that there is none. */
const ifKnown = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined
    throw error
  }
}

const inOrder = async (query: Query): Promise<readonly Message[]> =>
  (await getMessages({ limit: MOST, ...query })).items.toReversed()

/** The result of a command lies no further from its end, in milliseconds. */
const RESULT_NEAR_MS = 2_000

/** The message that brought a result without the correlation id of its command: the one at the time of its end. */
const resultNear = async ({ partner_id, finished_at }: Command): Promise<readonly Message[]> => {
  if (finished_at === null) return []
  const endMs = Date.parse(finished_at)
  const around = await inOrder({
    partner: partner_id,
    module: 'commands',
    from: new Date(endMs - RESULT_NEAR_MS).toISOString(),
    to: new Date(endMs + RESULT_NEAR_MS).toISOString(),
  })
  return around.filter(isResult).slice(0, 1)
}

const told = async (command: Command): Promise<ToldCommand> => {
  const together = (await ifKnown(getCorrelation(command.correlation_id))) ?? []
  const strayed = command.result === null || together.some(isResult) ? [] : await resultNear(command)
  return { command, messages: [...together, ...strayed] }
}

const cdrOf = async (story: Story): Promise<Doc | null> => {
  const named = story.steps.flatMap(({ objects }) => objects).find(({ kind }) => kind === 'cdr')
  if (named === undefined) return null
  const where: ObjectAddress = {
    collection: 'cdrs',
    countryCode: named.country_code ?? '',
    partyId: named.party_id ?? '',
    id: named.id,
  }
  return (await ifKnown(getObject(where)))?.document ?? null
}

const ownerOf = (document: unknown): string =>
  `${textAt(document, 'country_code')}*${textAt(document, 'party_id')}`

/** Messages about the token of the charge until it began. */
const aboutToken = (token: unknown, until: string): Promise<readonly Message[]> =>
  textAt(token, 'uid') === '' || textAt(token, 'party_id') === ''
    ? Promise.resolve([])
    : inOrder({ kind: 'token', party: ownerOf(token), object_id: textAt(token, 'uid'), to: until, limit: 50 })

/** Messages about the charging bay since shortly before a time. */
const aboutBay = (place: unknown, since: string): Promise<readonly Message[]> =>
  textAt(place, 'evse_uid') === ''
    ? Promise.resolve([])
    : inOrder({
        kind: 'evse',
        object_id: `${textAt(place, 'location_id')}/${textAt(place, 'evse_uid')}`,
        from: new Date(Date.parse(since) - STATUS_BEFORE_MS).toISOString(),
        limit: 50,
      })

/** All that is known of a session; throws `ApiFailure` with 404 when nobody knows it. */
export const loadTour = async (where: ObjectAddress): Promise<TourSources> => {
  const { document: session } = await getObject(where)
  const story = await getStory(session)
  const ids = new Set(story.steps.flatMap(({ command_id }) => (command_id === null ? [] : [command_id])))
  const [commands, sessionMessages, cdr] = await Promise.all([
    Promise.all([...ids].map(async (id) => told(await getCommand(id)))),
    inOrder({ kind: 'session', party: ownerOf(session), object_id: textAt(session, 'id') }),
    cdrOf(story),
  ])
  const began = [...commands.map(({ command }) => command.created_at), ...sessionMessages.map(({ at }) => at)]
    .toSorted()
    .at(0)
  const [tokenMessages, evseMessages, cdrMessages, check] = await Promise.all([
    aboutToken(session.cdr_token, began ?? new Date().toISOString()),
    began === undefined ? [] : aboutBay(session, began),
    cdr === null ? [] : inOrder({ kind: 'cdr', object_id: textAt(cdr, 'id') }),
    cdr === null ? undefined : ifKnown(getCdrCheck(cdr)),
  ])
  return {
    session,
    commands,
    sessionMessages,
    evseMessages,
    tokenMessages,
    cdrMessages,
    cdr,
    check: check ?? null,
  }
}

/** All that is known of a start that has no session yet; throws `ApiFailure` with 404 when nobody knows it. */
export const loadStart = async (id: string): Promise<TourSources & { readonly command: Command }> => {
  const command = await getCommand(id)
  const [start, tokenMessages, evseMessages] = await Promise.all([
    told(command),
    aboutToken(command.request.token, command.created_at),
    aboutBay(command.request, command.created_at),
  ])
  return {
    command,
    session: null,
    commands: [start],
    sessionMessages: [],
    evseMessages,
    tokenMessages,
    cdrMessages: [],
    cdr: null,
    check: null,
  }
}
