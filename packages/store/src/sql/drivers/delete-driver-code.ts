/** Uses the code of party $1, $2 for address $3 with hash $4 up. */
export const deleteDriverCode = {
  name: 'delete-driver-code',
  text: `
delete from driver_codes where country_code = $1 and party_id = $2 and email = $3 and hash = $4`,
}
