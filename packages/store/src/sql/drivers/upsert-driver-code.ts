/** Stores a code in place of the one before: country_code, party_id, email, hash, language, expires_at. */
export const upsertDriverCode = {
  name: 'upsert-driver-code',
  text: `
insert into driver_codes (country_code, party_id, email, hash, language, expires_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (country_code, party_id, email) do update
set hash = excluded.hash, language = excluded.language, tries = 0, expires_at = excluded.expires_at`,
}
