import { type DocumentText, field } from './fields.js'

/** The request to start charging. */
export const startSession: DocumentText = {
  section: 'mod_commands_startsession_object',
  fields: [
    field(
      'response_url',
      'Where the CPO is to send what the charging station said. It cannot be guessed, and is good for this command only.',
      {
        rules: ['CMD-060', 'CMD-062'],
      },
    ),
    field('token/uid', 'On whose behalf charging starts. The CPO does not check it again: the eMSP did.', {
      rules: ['CMD-013', 'CMD-064'],
    }),
    field('token/contract_id', 'The contract that will pay.'),
    field('token/auth_id', 'The contract that will pay, as version 2.1.1 calls it.'),
    field('location_id', 'The place.', { rules: ['CMD-024'] }),
    field('evse_uid', 'Which charging bay of the place.', { rules: ['CMD-030'] }),
    field('connector_id', 'Which plug, where the station has to be told.', {
      rules: ['CMD-067'],
      differs: { '2.1.1': 'A plug cannot be named in this version.' },
    }),
    field(
      'authorization_reference',
      'A name for this start. The session and the CDR carry it, so that they find each other.',
      {
        rules: ['CMD-018'],
        differs: { '2.1.1': 'Does not exist: the session is found by card, place and time.' },
      },
    ),
  ],
}

/** The request to stop charging. */
export const stopSession: DocumentText = {
  section: 'mod_commands_stopsession_object',
  fields: [
    field('response_url', 'Where the result is to be sent.', { rules: ['CMD-060'] }),
    field('session_id', 'The session to stop, by the id the CPO gave it.', { rules: ['CMD-026'] }),
  ],
}

/** What the CPO answers at once. */
export const commandResponse: DocumentText = {
  section: 'mod_commands_commandresponse_object',
  fields: [
    field('result', 'Whether the CPO takes the command on. The charging station has not been asked yet.', {
      rules: ['CMD-002', 'CMD-006'],
    }),
    field('timeout', 'For how many seconds the result may be awaited.', {
      rules: ['CMD-004', 'CMD-069'],
      differs: { '2.1.1': 'Does not exist: both sides have to agree on a time.' },
    }),
    field('message/0/text', 'A sentence for the driver.'),
  ],
}

/** What the charging station said, later. */
export const commandResult: DocumentText = {
  section: 'mod_commands_commandresult_object',
  fields: [
    field(
      'result',
      'What came of it. ACCEPTED means that the station took the command, not that a car is charging.',
      {
        rules: ['CMD-008'],
        differs: { '2.1.1': 'The same words as in the answer at once are used here.' },
      },
    ),
    field('message/0/text', 'A sentence for the driver.'),
  ],
}
