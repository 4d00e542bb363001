import { type DocumentText, field } from './fields.js'

/** A token as an eMSP tells CPOs of it. */
export const token: DocumentText = {
  section: 'mod_tokens_token_object',
  fields: [
    field('uid', 'What the reader of a charging station reads from the card, or what stands for an app.', {
      rules: ['TOK-025'],
      differs: { '2.1.1': 'Upper and lower case count here; newer versions do not tell them apart.' },
    }),
    field(
      'type',
      'Whether it is a card, an app, or something else. It belongs to the identity of the token.',
      {
        rules: ['TOK-026'],
        differs: { '2.1.1': 'A token is found by its uid alone.' },
      },
    ),
    field('contract_id', 'The contract that pays: the same for all cards of one customer.'),
    field('auth_id', 'The contract that pays, as version 2.1.1 calls it.'),
    field('issuer', 'Who issued the token, as people know the company.'),
    field('valid', 'False blocks the token: tokens are never deleted.', { rules: ['TOK-022'] }),
    field('whitelist', 'Whether the CPO may decide by itself, or has to ask the eMSP each time.', {
      rules: ['TOK-061', 'TOK-090'],
    }),
    field('group_id', 'Tokens of one group can stop each other’s sessions.', { rules: ['TOK-089'] }),
  ],
}

/** Where somebody wants to charge: the body of a question about a token. */
export const locationReferences: DocumentText = {
  section: 'mod_tokens_locationreferences_class',
  fields: [
    field('location_id', 'Where the card was shown, so that the eMSP can decide by place.', {
      rules: ['TOK-070'],
    }),
    field('evse_uids', 'At which EVSEs of that place. Without them the whole place is meant.'),
  ],
}

/** The answer to a question about a token. */
export const authorizationInfo: DocumentText = {
  section: 'mod_tokens_authorizationinfo_object',
  fields: [
    field('allowed', 'The decision. A no is a good answer, not an error.', { rules: ['TOK-067'] }),
    field('token/uid', 'The token it is about, complete, so that the CPO need not know it before.', {
      rules: ['TOK-075'],
      differs: { '2.1.1': 'This version does not send the token back.' },
    }),
    field('authorization_reference', 'Links this decision with the session and the CDR to come.', {
      rules: ['TOK-079'],
      differs: { '2.1.1': 'Does not exist: sessions are found by card and place.' },
    }),
    field('location/location_id', 'The place at which charging is allowed, when one was asked about.', {
      rules: ['TOK-071'],
    }),
    field('info/text', 'A sentence for the driver.'),
  ],
}
