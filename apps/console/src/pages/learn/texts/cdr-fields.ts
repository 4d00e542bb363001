import { type DocumentText, field } from './fields.js'

/** A charge detail record: what is billed. */
export const cdr: DocumentText = {
  section: 'mod_cdrs_cdr_object',
  fields: [
    field('id', 'The name of the record. The same id with other content is refused.', {
      rules: ['CDR-013', 'CDR-030'],
    }),
    field('session_id', 'The session it bills.', {
      rules: ['CDR-039'],
      differs: { '2.1.1': 'Does not exist: it is found by contract, place and time.' },
    }),
    field('start_date_time', 'When charging began.'),
    field('end_date_time', 'When it ended, parking included.'),
    field('stop_date_time', 'When it ended, parking included, as version 2.1.1 calls it.'),
    field('cdr_token/uid', 'The token that was used.'),
    field('cdr_token/contract_id', 'The contract that pays.'),
    field('auth_id', 'The contract that pays, as version 2.1.1 calls it.'),
    field('auth_method', 'How charging was allowed, as it was at last.', { rules: ['CDR-040'] }),
    field('authorization_reference', 'The name the eMSP gave this charge.', {
      rules: ['CDR-041'],
      differs: { '2.1.1': 'Does not exist in this version.' },
    }),
    field(
      'cdr_location/name',
      'The place as it was when charging began; later changes of the place do not touch the record.',
      {
        rules: ['CDR-032'],
      },
    ),
    field('location/name', 'The place as it was when charging began.', { rules: ['CDR-032'] }),
    field('tariffs', 'The prices that applied, inside the record, so that everybody can compute it again.', {
      rules: ['CDR-032', 'CDR-037'],
    }),
    field(
      'charging_periods',
      'The charge cut where the price changes. With the tariffs they give the total.',
      {
        rules: ['CDR-033', 'CDR-034', 'CDR-050'],
      },
    ),
    field('total_energy', 'Energy in kilowatt-hours.', { rules: ['CDR-042'] }),
    field('total_time', 'Hours from beginning to end, parking included.', { rules: ['CDR-042', 'CDR-043'] }),
    field('total_parking_time', 'Hours in which the car was full and stayed.'),
    field(
      'total_cost/before_taxes',
      'What is owed, without taxes. This number counts, whatever others compute.',
      {
        rules: ['CDR-049'],
        differs: { '2.3.0': 'Taxes are a list here, one entry for each.' },
      },
    ),
    field(
      'total_cost/excl_vat',
      'What is owed, without taxes. This number counts, whatever others compute.',
      { rules: ['CDR-049'] },
    ),
    field('total_cost', 'What is owed, without taxes, as one number.', { rules: ['CDR-049'] }),
    field('currency', 'Of all amounts in it.', { rules: ['CDR-060'] }),
  ],
}
