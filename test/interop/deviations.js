/**
 * Checks that do not pass, and whose doing that is. `anchor` is where the specification settles it; `section` limits an entry to
 * runs with that text in their heading. An entry whose check passes again fails the run, so that none outlives its reason.
 */
export const deviations = [
  {
    implementation: 'python',
    check: 'peer receives a location with every optional field',
    fault: 'peer',
    why: 'requires energy_mix.energy_product_name, which is optional, and answers 422 to the whole location',
    anchor: 'mod_locations_energymix_class',
  },
  {
    implementation: 'python',
    check: 'peer crawls locations in pages and accepts every document',
    fault: 'peer',
    why: 'requires energy_mix.energy_product_name, which is optional; all other documents pass',
    anchor: 'mod_locations_energymix_class',
  },
  {
    implementation: 'python',
    check: 'node asks the peer to authorize that token',
    fault: 'peer',
    why: 'puts the AuthorizationInfo into a list of one',
    anchor: 'mod_tokens_post_response_data',
  },
  {
    implementation: 'python',
    check: 'peer posts a CDR it made',
    fault: 'peer',
    why: 'its CdrLocation has no evse_uid, which is required; the node refuses the CDR and says so',
    anchor: 'mod_cdrs_cdr_location_class',
  },
  {
    implementation: 'python',
    section: 'as CPO',
    check: 'the node finds nothing wrong with what the peer sends',
    fault: 'peer',
    why: 'the CDR without evse_uid, pushed and pulled, is what the node shows as its findings',
    anchor: 'mod_cdrs_cdr_location_class',
  },
]
