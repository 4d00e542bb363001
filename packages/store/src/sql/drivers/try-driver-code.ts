/** Counts a try at the code of party $1, $2 for address $3, unless it expired before $4 or $5 tries were made. */
export const tryDriverCode = {
  name: 'try-driver-code',
  text: `
update driver_codes
set tries = tries + 1
where country_code = $1 and party_id = $2 and email = $3 and expires_at > $4 and tries < $5
returning hash, language`,
}
