import { type DocumentText, field } from './fields.js'

const NOT_211 = { '2.1.1': 'Does not exist in this version.' } as const

/** A session: a charge while it runs. */
export const session: DocumentText = {
  section: 'mod_sessions_session_object',
  fields: [
    field('country_code', 'With party_id: the CPO that owns the session. It is the same in the address.', {
      rules: ['SES-022'],
      differs: { '2.1.1': 'Only the address says whose session it is.' },
    }),
    field('id', 'The name of the session, chosen by the CPO. Every update uses it.', { rules: ['SES-070'] }),
    field(
      'status',
      'PENDING: not charging yet. ACTIVE: it runs. COMPLETED: over, nothing changes any more.',
      {
        rules: ['SES-051'],
      },
    ),
    field('start_date_time', 'When it became active; while it is pending, when it was made.', {
      rules: ['SES-056'],
    }),
    field('start_datetime', 'When it began, as version 2.1.1 calls it.'),
    field('end_date_time', 'When it ended.'),
    field('end_datetime', 'When it ended, as version 2.1.1 calls it.'),
    field('kwh', 'Energy so far, in kilowatt-hours.', { rules: ['SES-064', 'SES-072'] }),
    field('cdr_token/uid', 'The token it was started with.', { rules: ['SES-060'] }),
    field('cdr_token/contract_id', 'The contract that pays.'),
    field('auth_id', 'The contract that pays: version 2.1.1 carries no token in the session.'),
    field('auth_method', 'How charging was allowed: by a question to the eMSP, by a list, or by a command.', {
      rules: ['TOK-084'],
    }),
    field('authorization_reference', 'The name the eMSP gave when it allowed or started this charge.', {
      rules: ['SES-059'],
      differs: NOT_211,
    }),
    field('location_id', 'The place.'),
    field('location/id', 'The place. Version 2.1.1 sends the whole location, with the one EVSE in use.'),
    field('evse_uid', 'The charging bay.'),
    field('location/evses/0/uid', 'The charging bay.'),
    field('connector_id', 'The plug.'),
    field('currency', 'Of all amounts in it.'),
    field(
      'total_cost/before_taxes',
      'What it costs so far. No amount at all means nothing is known; zero means it is free.',
      {
        rules: ['SES-063'],
        differs: { '2.3.0': 'Taxes are a list here, one entry for each.' },
      },
    ),
    field(
      'total_cost/excl_vat',
      'What it costs so far. No amount at all means nothing is known; zero means it is free.',
      {
        rules: ['SES-063'],
      },
    ),
    field('total_cost', 'What it costs so far, as one number without taxes.', { rules: ['SES-063'] }),
    field('charging_periods', 'The charge cut into pieces in which one price holds. A PATCH adds pieces.', {
      rules: ['SES-030'],
      differs: { '2.1.1': 'The version does not say whether a PATCH adds to the list or replaces it.' },
    }),
    field('last_updated', 'When it last changed. An older update than the stored one changes nothing.', {
      rules: ['SES-027', 'SES-028'],
      differs: { '2.1.1': 'An update may leave it out.' },
    }),
  ],
}
