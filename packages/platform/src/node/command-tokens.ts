import { foldCase } from '@interwatt/protocol'
import type { Command, CommandStore } from '@interwatt/store'
import type { DecideDeps, DecideInput } from '../authorization/decide.js'
import { COMMAND_TOKEN_MS } from '../commands/command.rules.js'
import { asDocument } from '../modules/serving.js'

/** Tokens that exist only in commands count as authorized for this long (TOK-085, CMD-014). */
const COMMAND_ONLY_MS = 24 * 3_600_000
const COMMAND_ONLY: readonly string[] = ['APP_USER', 'AD_HOC_USER']

const sameText = (a: unknown, b: string): boolean => foldCase(String(a)) === foldCase(b)

const atPlace = (command: Command, location: DecideInput['location']): boolean => {
  if (!location) return true
  if (!sameText(command.request.location_id, location.location_id)) return false
  const uid = command.request.evse_uid
  return (
    uid === undefined ||
    !location.evse_uids?.length ||
    location.evse_uids.some((candidate) => sameText(uid, candidate))
  )
}

/** Finds the command that brought a token and still vouches for it, 15 minutes for RFID at that EVSE (CMD-015). */
export const createCommandToken =
  (commands: CommandStore, now: () => number): DecideDeps['commandToken'] =>
  async (uid, type, location) => {
    const commandOnly = COMMAND_ONLY.includes(foldCase(type))
    const since = new Date(now() - (commandOnly ? COMMAND_ONLY_MS : COMMAND_TOKEN_MS)).toISOString()
    const recent = await commands.recentWithToken(uid, since)
    const command = recent.find(
      (candidate) => sameText(asDocument(candidate.request.token).type, type) && atPlace(candidate, location),
    )
    if (!command) return undefined
    const reference = command.request.authorization_reference
    return {
      token: asDocument(command.request.token),
      authorizationReference: typeof reference === 'string' ? reference : null,
    }
  }
