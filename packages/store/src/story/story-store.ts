import { foldCase } from '@interwatt/protocol'
import { type CommandRow, toCommand } from '../commands/command-row.js'
import type { Queryable } from '../database/index.js'
import { type ObjectRow, rowObject } from '../objects/object-row.js'
import type { AuthorizationRecord, StoryStore } from '../ports/index.js'
import { selectAuthorizationsOfSession } from '../sql/story/select-authorizations-of-session.js'
import { selectCdrsOfSession } from '../sql/story/select-cdrs-of-session.js'
import { selectCommandsOfSession } from '../sql/story/select-commands-of-session.js'

const folded = (text: string | null): string | null => (text === null ? null : foldCase(text))

/** A token uid as partners and charge points are likely to have spelled it. */
const spellings = (uid: string | null): readonly string[] =>
  uid === null ? [] : [...new Set([uid, uid.toUpperCase(), uid.toLowerCase()])]

/** What belongs to a session, in PostgreSQL. */
export const createStoryStore = (database: Queryable): StoryStore => ({
  async commands({ sessionId, authorizationReference }) {
    const params = [foldCase(sessionId), folded(authorizationReference)]
    const { rows } = await database.query<CommandRow>(selectCommandsOfSession, params)
    return rows.map(toCommand)
  },
  async authorizations({ authorizationReference, tokenUid, from, until }) {
    const params = [authorizationReference, spellings(tokenUid), from, until]
    return (await database.query<AuthorizationRecord>(selectAuthorizationsOfSession, params)).rows
  },
  async cdrs({ party, sessionId, authorizationReference }, createdSeq) {
    const { countryCode, partyId } = party
    const params = [countryCode, partyId, createdSeq, foldCase(sessionId), folded(authorizationReference)]
    const { rows } = await database.query<ObjectRow>(selectCdrsOfSession, params)
    return rows.map(rowObject)
  },
})
