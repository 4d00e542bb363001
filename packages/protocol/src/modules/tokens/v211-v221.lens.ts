import { isJsonObject } from '../../json/json-object.js'
import { withField } from '../../lens/fields.js'
import { gone, lens, note, type Step } from '../../lens/lens.js'
import { given, olderOnly, owner } from '../../lens/older-steps.js'
import {
  declareSetAside,
  inField,
  known,
  leaveOut,
  newerOnly,
  rename,
  setAsideFields,
} from '../../lens/steps.js'
import { wholeSeconds } from '../../lens/whole-seconds.js'
import { Token, TokenType } from './v211.js'

const oneOfUid = 'a card of the same owner has this uid, and the target version addresses tokens by uid alone'
const appUser = 'with a command OTHER means a user of an app'
const notSaid = 'the target version does not repeat the token'

/** Only one token of a uid can go to a partner whose addresses carry no type: the card (tokens.md 4.1). */
const cardOfUid: Step = {
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '/uid', reason: oneOfUid }],
  up: (token) => token,
  down: (token, at, crossing) =>
    token.type !== 'RFID' && typeof token.uid === 'string' && crossing.facts.hasCardTwin?.(token.uid) === true
      ? gone(crossing, { parent: at, key: 'uid' }, oneOfUid)
      : token,
}

/** Token: `auth_id` became `contract_id`; owner, group, profile and energy contract are new (tokens.md 4.1). */
export const token = lens(
  wholeSeconds(Token),
  owner,
  known('type', TokenType.values, 'OTHER'),
  rename('auth_id', 'contract_id'),
  newerOnly('group_id'),
  newerOnly('default_profile_type'),
  newerOnly('energy_contract'),
  cardOfUid,
)

/** LocationReferences: connectors cannot be named any more (TOK-074). */
export const locationReferences = lens(olderOnly('connector_ids'))

const NOBODY = '#NA'

/** The answer came to repeat the token it is about (tokens.md 4.2). */
const authorizedToken: Step = {
  keepsShape: false,
  declares: [...declareSetAside('token'), { direction: 'down', pointer: '/token', reason: notSaid }],
  up(info, at, crossing) {
    const own = setAsideFields(info, ['token'], at, crossing)
    const { token: known, owner: party } = crossing.facts
    if (isJsonObject(known)) return withField(own, 'token', known)
    const unknown = given({
      country_code: party?.countryCode,
      party_id: party?.partyId,
      uid: NOBODY,
      type: 'OTHER',
      contract_id: NOBODY,
      issuer: '-',
      valid: own.allowed === 'ALLOWED',
      whitelist: 'NEVER',
      last_updated: '1970-01-01T00:00:00Z',
    })
    return withField(own, 'token', unknown)
  },
  down: (info, at, crossing) => leaveOut(info, 'token', at, crossing, notSaid),
}

/** AuthorizationInfo: the token and the reference are new. */
export const authorizationInfo = lens(
  authorizedToken,
  inField('location', locationReferences),
  newerOnly('authorization_reference'),
)

/** Without its field a token that came with a command is one of an app user (commands.md, translation). */
const otherIsAppUser: Step = {
  keepsShape: false,
  declares: [{ direction: 'down', pointer: '/type', reason: appUser }],
  up: (subject) => (subject.type === 'OTHER' ? withField(subject, 'type', 'APP_USER') : subject),
  down(subject, at, crossing) {
    if (subject.type === 'OTHER') note(crossing, at, 'type', { reason: appUser, severity: 'changed' })
    return subject
  },
}

/** The token of a command. */
export const commandToken = lens(
  wholeSeconds(Token),
  owner,
  known('type', TokenType.values, 'OTHER'),
  otherIsAppUser,
  rename('auth_id', 'contract_id'),
  newerOnly('group_id'),
  newerOnly('default_profile_type'),
  newerOnly('energy_contract'),
)
