const ALL = ['2.1.1', '2.2.1', '2.3.0']

/** Examples of the specification that are not accepted as they stand, each with the reason. */
export const errata = [
  {
    name: 'mod_locations.md#4',
    versions: ['2.1.1'],
    reason: 'lacks power_type, voltage and amperage, which the chapter requires',
  },
  {
    name: 'examples/location_put_example_add_evse.json',
    versions: ['2.2.1', '2.3.0'],
    reason: 'lacks power_type, max_voltage and max_amperage, which the chapter requires',
  },
  {
    name: 'transport_and_format.md#1',
    versions: ['2.1.1'],
    reason:
      'a version that is none of these; a versions list that holds it is read, the entry is passed over',
  },
  {
    name: 'transport_and_format.md#5',
    versions: ['2.1.1'],
    reason: 'no object: the envelope of a refusal, without data',
  },
  {
    name: 'transport_and_format.asciidoc#5',
    versions: ['2.2.1', '2.3.0'],
    reason: 'no object: the envelope of a refusal, without data',
  },
  {
    name: 'mod_hub_client_info.asciidoc#1',
    versions: ALL,
    reason: 'no JSON: a comma before the closing brace',
  },
  {
    name: 'examples/payment_terminal_put_update.json',
    versions: ['2.3.0'],
    reason: 'the terminal is named by the URL alone; a PUT over HTTP takes it from there (PAY-013)',
  },
  { name: 'examples/booking_example.json', versions: ['2.3.0'], reason: 'a party_id of five letters' },
  {
    name: 'examples/booking_location_example.json',
    versions: ['2.3.0'],
    reason: 'a text where the table has a list (evse_position), times with 99 seconds, one calendar id twice',
  },
  {
    name: 'examples/booking_location_patch_example_calendar.json',
    versions: ['2.3.0'],
    reason: 'names of fields end with a blank, times with 99 seconds',
  },
  {
    name: 'examples/booking_location_patch_example_terms.json',
    versions: ['2.3.0'],
    reason: 'booking_terms without fields that the table requires',
  },
  {
    name: 'examples/booking_request_patch_example_timeslot.json',
    versions: ['2.3.0'],
    reason: 'a PATCH of a request, which is an object of no method in this version',
  },
  {
    name: 'examples/booking_request_patch_example_tokens.json',
    versions: ['2.3.0'],
    reason: 'a PATCH of a request, which is an object of no method in this version',
  },
]
