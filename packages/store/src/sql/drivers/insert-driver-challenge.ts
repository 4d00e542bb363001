/** Adds a challenge: hash, purpose, challenge, driver_id, expires_at. */
export const insertDriverChallenge = {
  name: 'insert-driver-challenge',
  text: `
insert into driver_challenges (hash, purpose, challenge, driver_id, expires_at)
values ($1, $2, $3, $4, $5)`,
}
