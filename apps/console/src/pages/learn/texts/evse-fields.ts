import { type DocumentText, field } from './fields.js'

/** A charging bay, or what changed of it. */
export const evse: DocumentText = {
  section: 'mod_locations_evse_object',
  fields: [
    field('uid', 'The name of the bay within the CPO’s systems. Drivers do not see it.'),
    field('evse_id', 'The name that is printed at the station.'),
    field(
      'status',
      'What drivers and apps see: free, charging, blocked, out of order. This is why status has to travel fast.',
      {
        differs: { '2.3.0': 'Other words than those listed may appear.' },
      },
    ),
    field('last_updated', 'When it changed. The place it belongs to counts as changed too.', {
      rules: ['LOC-055', 'LOC-071'],
      differs: { '2.1.1': 'An update may leave it out.' },
    }),
  ],
}
